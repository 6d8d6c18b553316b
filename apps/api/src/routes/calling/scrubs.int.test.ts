import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { type IncomingMessage, request as startRequest } from "node:http";
import path from "node:path";
import { ScrubId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { aNumber } from "@ringfence/db/testing";
import { setDailyRows } from "@ringfence/services/account/organization";
import { db } from "@ringfence/services/testing";
import { expect, it, onTestFinished } from "vitest";
import { runScrub } from "../../../../../packages/services/src/calling/scrub/run.ts";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer, files, filesFolder } from "../../../testing/listening.ts";

const { url } = await aListeningServer();
const scrubs = `${url}/v1/scrubs`;
const csv = { "content-type": "text/csv" };
const settings = "phoneColumn=phone&purpose=marketing";
const file = "name;phone\r\nАда;+1 (201) 555-0123\r\nBo;none\r\n";

type Key = Awaited<ReturnType<typeof aKey>>;

/** Runs a scrub as the worker does. */
const work = ({ ctx }: Key, id: string) =>
  runScrub(
    { ...ctx, files, actor: { type: "job", name: "scrub.run" } },
    { scrubId: ScrubId.parse(id), attempt: 1, onProgress: () => Promise.resolve() },
  );

const listFiles = ({ ctx: { organizationId } }: Key) =>
  readdir(path.join(filesFolder, organizationId, "scrubs"));

it("takes a file, shows its progress, and returns it with four more columns", async () => {
  const key = await aKey("scrubs");
  const { authorization } = key;
  const taken = await ask(`${scrubs}?${settings}`, authorization, file, csv);
  expect(taken.status).toBe(202);
  const scrub = `${scrubs}/${taken.answer.id}`;

  expect((await ask(scrub, authorization)).answer).toMatchObject({ status: "queued", rows: 0 });
  expect(await ask(`${scrub}/result.csv`, authorization)).toMatchObject({
    status: 409,
    answer: { code: "conflict" },
  });
  await work(key, taken.answer.id);

  const { answer } = await ask(scrub, authorization);
  expect(answer).toMatchObject({ id: taken.answer.id, rows: 2, counts: { allow: 0, refuse: 2 } });
  const result = await ask(`${scrub}/result.csv`, authorization);
  const [names, ada, bo] = result.answer.split("\r\n");
  expect(names).toBe("name;phone;verdict;reasons;callable_from;screening_id");
  expect(ada).toMatch(/^Ада;\+1 \(201\) 555-0123;refuse;.*consent-missing/);
  expect(bo).toMatch(/^Bo;none;refuse;number-invalid;/);
});

it("says what is wrong with its settings, and keeps no file", async () => {
  const key = await aKey("scrubs");
  const unknown = await ask(
    `${scrubs}?purpose=marketing&phoneColumn=tel`,
    key.authorization,
    file,
    csv,
  );
  expect([unknown.status, unknown.answer.code]).toEqual([400, "invalid-request"]);
  expect(unknown.answer.errors[0]).toMatchObject({
    path: "/phoneColumn",
    sentence: expect.stringContaining("name, phone"),
  });
  const odd = await ask(`${scrubs}?header=perhaps&at=noon`, key.authorization, file, csv);
  expect(odd.answer.errors.map(({ path }: { path: string }) => path)).toEqual([
    "/header",
    "/purpose",
    "/at",
  ]);
  expect(await listFiles(key)).toEqual([]);
});

const contentDigest = (text: string) =>
  `sha-256=:${createHash("sha256").update(text).digest("base64")}:`;

it("rejects a file that does not match its digest, and keeps nothing of it", async () => {
  const key = await aKey("scrubs");
  const send = (body: string, digest: string) =>
    ask(`${scrubs}?${settings}`, key.authorization, body, { ...csv, "content-digest": digest });
  const cut = await send(file.slice(0, -10), contentDigest(file));
  expect([cut.status, cut.answer.code]).toEqual([422, "unprocessable"]);
  expect(cut.answer.detail).toMatch(/^The file changed on the way/);
  expect((await send(file, "sha-256=:none:")).status).toBe(422);
  expect(await listFiles(key)).toEqual([]);
  expect((await send(file, contentDigest(file))).status).toBe(202);
});

it("rejects other kinds of bodies", async () => {
  const { authorization } = await aKey("scrubs");
  const { status, answer } = await ask(`${scrubs}?${settings}`, authorization, {});
  expect([status, answer.code]).toEqual([415, "unsupported-media-type"]);
});

it("accepts a file that is longer than any other body may be", async () => {
  const { authorization } = await aKey("scrubs");
  const long = `phone\n${"+12015550123\n".repeat(1_000_000)}`;
  expect((await ask(`${scrubs}?${settings}`, authorization, long, csv)).status).toBe(202);
}, 60_000);

it("answers a repeated file as the first time, and stores it once", async () => {
  const key = await aKey("scrubs");
  const send = (body: string, more = "") =>
    ask(`${scrubs}?${settings}${more}`, key.authorization, body, {
      ...csv,
      "idempotency-key": "k",
    });

  const [first, again] = [await send(file), await send(file)];
  expect([first.status, again.status, again.answer]).toEqual([202, 202, first.answer]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect((await send(`${file}Cy;\r\n`)).answer.code).toBe("idempotency-conflict");
  expect((await send(file, "&region=US")).answer.code).toBe("idempotency-conflict");

  const { organizationId } = key.ctx;
  expect(await db.prisma.scrub.count({ where: { organizationId } })).toBe(1);
  expect(await listFiles(key)).toHaveLength(1);
});

it("shows no scrub to another organization, nor to a key without the scope", async () => {
  const { authorization } = await aKey("scrubs");
  const { answer } = await ask(`${scrubs}?${settings}`, authorization, file, csv);

  for (const place of [answer.id, `${answer.id}/result.csv`]) {
    const { authorization: theirs } = await aKey("scrubs");
    expect((await ask(`${scrubs}/${place}`, theirs)).status).toBe(404);
    const { authorization: screener } = await aKey("screen");
    expect((await ask(`${scrubs}/${place}`, screener)).status).toBe(403);
  }
  const { authorization: screener } = await aKey("screen");
  expect((await ask(`${scrubs}?${settings}`, screener, file, csv)).status).toBe(403);
});

it("refuses a file beyond the limit of the day until the next one, and keeps nothing of it", async () => {
  const key = await aKey("scrubs", "opt-outs:write");
  const { authorization } = key;
  await setDailyRows(db, key.ctx.organizationId, 0);

  const { status, answer, headers } = await ask(`${scrubs}?${settings}`, authorization, file, csv);
  expect([status, answer.code]).toEqual([429, "rate-limited"]);
  const untilMidnight = (DAY_MS - (Date.now() % DAY_MS)) / 1_000;
  // A minute is more than the request takes, and less than a limit that begins anew at another time would show.
  expect(Math.abs(Number(headers.get("retry-after")) - untilMidnight)).toBeLessThan(60);
  expect(await readdir(filesFolder)).not.toContain(key.ctx.organizationId);

  const optOut = { phone: aNumber(), channel: "agent" };
  expect((await ask(`${url}/v1/opt-outs`, authorization, optOut)).status).toBe(201);
});

it("refuses a file beyond the limit of the day before it arrives, but repeats its first answer", async () => {
  const key = await aKey("scrubs");
  const address = `${scrubs}?${settings}`;
  const repeatable = { ...csv, "idempotency-key": "k" };
  const first = await ask(address, key.authorization, file, repeatable);
  await setDailyRows(db, key.ctx.organizationId, 0);

  for (const more of [csv, { ...csv, "idempotency-key": "other" }]) {
    const headers = { authorization: key.authorization, ...more };
    const sent = startRequest(address, { method: "POST", headers }).on("error", () => {});
    onTestFinished(() => void sent.destroy());
    sent.flushHeaders();
    // No byte of the body is ever sent.
    const response = await new Promise<IncomingMessage>((resolve) =>
      sent.once("response", resolve),
    );
    expect(response.statusCode).toBe(429);
  }

  const again = await ask(address, key.authorization, file, repeatable);
  expect([again.status, again.answer]).toEqual([202, first.answer]);
});
