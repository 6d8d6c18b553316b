import type { Actor } from "@ringfence/core/access";
import { Scope } from "@ringfence/core/access";
import { type ConsentId, SellerId } from "@ringfence/core/ids";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aConsent } from "../../testing/scenes.ts";
import { aLedgerOffice } from "../../testing/certificates.ts";
import { recorded } from "../../testing/opt-outs.ts";
import { aScrubbingOrganization } from "../../testing/scrubs.ts";
import { openBlockedList } from "../blocked-list/open-blocked-list.ts";
import { printCertificate, readCertificate } from "../certificate/index.ts";
import { countSources } from "../consent/count-sources.ts";
import { readConsentRecord } from "../consent/read-consent-record.ts";
import { readConsent } from "../consent/read-consent.ts";
import { recordConsent } from "../consent/record-consent.ts";
import type { RootContext } from "../context.ts";
import { commitScreenings } from "../ledger/commit-screenings.ts";
import { readProof } from "../ledger/read-proof.ts";
import { exportOptOuts } from "../opt-out/export-opt-outs.ts";
import { optOutFeed } from "../opt-out/opt-out-feed.ts";
import { listRuns } from "../run/list-runs.ts";
import { screenCall } from "../screening/screen-call.ts";
import { listScrubs } from "../scrub/list-scrubs.ts";
import { readScrub } from "../scrub/read-scrub.ts";
import { repeatScrub } from "../scrub/repeat-scrub.ts";
import { scrubResult } from "../scrub/scrub-result.ts";

const publicUrl = "https://ringfence.example";

/** Records something of each kind for two sellers, and returns a key and a marketer limited to the second. */
async function recordForTwoSellers() {
  const office = await aLedgerOffice();
  const { organizationId } = office.ctx;
  const createSeller = async (key: string) =>
    SellerId.parse(await aSeller(office.ctx.db, organizationId, key));
  await createSeller("shop");
  const bank = await createSeller("bank");
  const findEntry = async (consentId: ConsentId) => {
    const { db } = office.ctx;
    const { id } = await db.prisma.consentEvent.findFirstOrThrow({
      where: { organizationId, consentId },
    });
    const { rows } = await db.pool.query<{ id: string }>(
      "SELECT entry_id AS id FROM vault.statement WHERE organization_id = $1 AND about = $2",
      [organizationId, id],
    );
    return rows[0]?.id ?? "";
  };
  const scrubbing = await aScrubbingOrganization(office.ctx);
  const recordAll = async (seller: string) => {
    const consent = await recordConsent(office.ctx, aConsent({ seller }));
    const optOut = await recorded(office.ctx, {
      phone: aNumber(),
      channel: "agent",
      scope: { seller },
    });
    const screening = await screenCall(office.ctx, {
      phone: aNumber(),
      purpose: "marketing",
      seller,
    });
    const scrubId = await scrubbing.start("phone\n+12015550100\n", { seller });
    await scrubbing.run(scrubId);
    const entryId = await findEntry(consent.id);
    return { consent: { ...consent, entryId }, optOut, screening, scrubId };
  };
  const rows = { shop: await recordAll("shop"), bank: await recordAll("bank") };
  await commitScreenings(office.ctx);
  await office.publish();
  const acting = (actor: Actor) => ({ ...scrubbing.ctx, actor });
  const key = acting({ type: "key", id: "k", scopes: [...Scope.options], sellerIds: [bank] });
  const marketer = acting({ type: "member", id: "m", role: "marketer", sellerIds: [bank] });
  return { ...rows, key, marketer, all: scrubbing.ctx };
}

type Rows = Awaited<ReturnType<typeof recordForTwoSellers>>;
type Reads = Record<string, (ctx: Rows["key"], of: Rows["shop"]) => Promise<unknown>>;

const byId: Reads = {
  certificate: (ctx, { consent }) => readCertificate(ctx, { id: consent.id, of: "consent" }),
  "any certificate": (ctx, { consent }) => readCertificate(ctx, { id: consent.id }),
  "certificate of a refusal": (ctx, { optOut }) =>
    readCertificate(ctx, { id: optOut.id, of: "opt-out" }),
  pdf: (ctx, { consent }) =>
    printCertificate(ctx, {
      id: consent.id,
      of: "consent",
      locale: "en",
      publicUrl,
      fontFolder: "",
    }),
  record: (ctx, { consent: { id } }) => readConsentRecord(ctx, { id, publicUrl }),
  consent: (ctx, { consent }) => readConsent(ctx, consent.id),
  "proof of a consent": (ctx, { consent }) => readProof(ctx, consent.entryId),
  "proof of a screening": (ctx, { screening }) => readProof(ctx, screening.id),
  scrub: (ctx, { scrubId }) => readScrub(ctx, scrubId),
  "result of a scrub": (ctx, { scrubId }) => scrubResult(ctx, scrubId),
  "repeated scrub": (ctx, { scrubId }) => repeatScrub(ctx, scrubId),
};

const readCode = (read: Promise<unknown>) =>
  read.then(
    () => "was read",
    (error: unknown) => (error instanceof Error && "code" in error ? error.code : String(error)),
  );

it("gives a key for one seller nothing of another seller, whatever it reads", async () => {
  const { key, shop } = await recordForTwoSellers();
  for (const [name, read] of Object.entries(byId)) {
    const code = await readCode(read(key, shop));
    expect([name, code]).toEqual([name, expect.stringMatching(/^(forbidden|not-found)$/)]);
  }
});

it("gives a key for one seller everything of that seller", async () => {
  const { key, bank } = await recordForTwoSellers();
  const { pdf: _, ...others } = byId; // fonts are elsewhere
  for (const [name, read] of Object.entries(others)) {
    expect([name, await readCode(read(key, bank))]).toEqual([name, "was read"]);
  }
});

const listOptOuts = async (ctx: RootContext) =>
  (await optOutFeed(ctx, { limit: 100 })).items.map(({ id }) => id);

it("lists nothing of another seller", async () => {
  const { key, marketer, shop, bank, all } = await recordForTwoSellers();
  expect(await listOptOuts(all)).toEqual([shop.optOut.id, bank.optOut.id]);
  expect(await listOptOuts(key)).toEqual([bank.optOut.id]);
  const lines: string[] = [];
  for await (const line of await exportOptOuts(key)) lines.push(line);
  const csv = lines.join("");
  expect(csv).toContain(bank.optOut.id);
  expect(csv).not.toContain(shop.optOut.id);
  await expect(openBlockedList(key)).rejects.toMatchObject({ code: "forbidden" });

  const { scrubs } = await listScrubs(marketer, { limit: 10 });
  expect(scrubs.map(({ id }) => id)).toEqual([bank.scrubId]);
  const { runs } = await listRuns(marketer, { limit: 10 });
  expect(runs.map(({ subjectId }) => subjectId)).toEqual([bank.scrubId]);
  const { sources } = await countSources(marketer);
  expect(sources.map(({ consents }) => consents)).toEqual([1]);
  await expect(scrubResult(marketer, shop.scrubId)).rejects.toMatchObject({ code: "not-found" });
});
