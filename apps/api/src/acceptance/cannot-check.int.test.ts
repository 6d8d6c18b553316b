// A call that cannot be checked is refused, and the answer says why.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openDb } from "@ringfence/db";
import { migrate } from "@ringfence/db/migrate";
import { removeData, startPostgres } from "@ringfence/db/postgres";
import { aNumber, anOrganization } from "@ringfence/db/testing";
import { createApiKeyFinder, makeApiKey } from "@ringfence/services/account/api-key";
import { db, keys } from "@ringfence/services/testing";
import { whileLocked } from "@ringfence/services/testing/while-locked";
import { expect, it, onTestFinished } from "vitest";
import { callAgi } from "../../testing/asterisk.ts";
import { aCallablePerson, openClient } from "../../testing/callable-person.ts";
import { aListeningServer, aServerWithAgi, files, owner } from "../../testing/listening.ts";

const { url, agiPort } = await aServerWithAgi();

const cannotCheck = {
  status: 503,
  answer: { code: "cannot-check", verdict: "refuse", refusals: [{ reason: "cannot-check" }] },
};

it.each(["api_key", "opt_out", "screening"])(
  "acceptance 6: refuses while the database is slow to read or write: %s",
  async (table) => {
    const { key, phone, screen } = await aCallablePerson(url);
    await whileLocked(table, async () => {
      const dialed = callAgi(agiPort, [`key=${key}`, `phone=${phone}`, "purpose=marketing"]);
      expect(await screen(phone)).toMatchObject(cannotCheck);
      expect(await dialed).toMatchObject({
        variables: { RINGFENCE_VERDICT: "refuse", RINGFENCE_REASONS: "cannot-check" },
        isHungUp: true,
      });
    });
    expect((await screen(phone)).answer.verdict).toBe("allow");
  },
);

it("acceptance 6: refuses while the database is away", async () => {
  const stateFolder = await mkdtemp(path.join(tmpdir(), "ringfence-away-"));
  const postgres = await startPostgres({ stateFolder, isDurable: false });
  const urls = postgres.urls("away");
  await migrate(urls);
  const away = openDb(urls.url);
  onTestFinished(async () => {
    await away.close();
    await postgres.stop();
    await removeData(stateFolder);
    await rm(stateFolder, { recursive: true });
  });
  const ctx = { db: away, keys, organizationId: await anOrganization(away), actor: owner };
  const { key } = await makeApiKey(ctx, {
    reason: "It calls for us.",
    name: "Dialer",
    scopes: ["screen"],
  });
  const server = await aListeningServer({
    installation: { db: away, keys, files },
    findApiKey: createApiKeyFinder(away),
  });
  const { screen } = openClient(server.url, `Bearer ${key}`);
  expect((await screen("+12015550100")).status).toBe(200);

  await postgres.stop();

  const answers = await Promise.all([1, 2, 3].map(() => screen("+12015550100")));
  for (const answer of answers) expect(answer).toMatchObject(cannotCheck);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
}, 60_000);

it("acceptance 6: never allows a call on an unknown word, and drops no code that may refuse", async () => {
  const { ctx, key, phone, post, screen } = await aCallablePerson(url);
  for (const more of [{ purpose: "elsewhere" }, { seller: "nobody" }, { dialer: "fax" }]) {
    const { status, answer } = await screen(phone, more);
    expect([status, answer.verdict, answer.permit]).toEqual([400, undefined, undefined]);
    const items = [{ phone, purpose: "marketing", ...more }];
    const { results } = (await post("screenings/batch", { items })).answer;
    expect(results).toMatchObject([{ verdict: "refuse", refusals: [{ reason: "cannot-check" }] }]);
  }
  expect(
    await callAgi(agiPort, [`key=${key}`, `phone=${phone}`, "purpose=elsewhere"]),
  ).toMatchObject({
    variables: { RINGFENCE_VERDICT: "refuse", RINGFENCE_REASONS: "cannot-check" },
    isHungUp: true,
  });

  const code = { phone: aNumber(), code: "REMOVE_ME_PLS" };
  const { answer } = await post("inbound/disposition/ours", code);
  expect(answer).toEqual({ outcome: "asked" });
  const { organizationId } = ctx;
  expect(await db.prisma.refusalQuestion.findMany({ where: { organizationId } })).toMatchObject([
    { text: "ours: REMOVE_ME_PLS" },
  ]);
});
