import { ListContacts } from "@ringfence/core/people/contact";
import type { Rule } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { recordForTwoSellers } from "../../../testing/two-sellers.ts";
import { openBlockedList } from "../../do-not-call/blocked-list/open.ts";
import { printCertificate, readCertificate } from "../../proof/certificate/index.ts";
import { countSources } from "../../consents/consent/sources.ts";
import { readConsentRecord } from "../../consents/consent/export-record.ts";
import { readConsent } from "../../consents/consent/detail.ts";
import { withdrawConsent } from "../../consents/consent/withdraw.ts";
import { listContacts } from "../../desk/contact/list-contacts.ts";
import { readContact } from "../../desk/contact/read-contact.ts";
import type { RootContext } from "../context.ts";
import { readProof } from "../../proof/ledger/read-proof.ts";
import { exportOptOuts, readOptOutFeed } from "../../do-not-call/opt-out/feed.ts";
import { listRuns } from "../run/list-runs.ts";
import { listScrubs, readScrub, scrubResult } from "../../calling/scrub/list.ts";
import { repeatScrub } from "../../calling/scrub/start.ts";
import { saveSegment } from "../../audience/segment/save.ts";
import { readToday } from "../../desk/today/today.ts";

const publicUrl = "https://ringfence.example";

type Rows = Awaited<ReturnType<typeof recordForTwoSellers>>;
type Reads = Record<string, (ctx: Rows["key"], of: Rows["shop"]) => Promise<unknown>>;

const byId: Reads = {
  certificate: (ctx, { consent }) => readCertificate(ctx, { id: consent.id, kind: "consent" }),
  "any certificate": (ctx, { consent }) => readCertificate(ctx, { id: consent.id }),
  "certificate of a refusal": (ctx, { optOut }) =>
    readCertificate(ctx, { id: optOut.id, kind: "opt-out" }),
  pdf: (ctx, { consent }) =>
    printCertificate(ctx, {
      id: consent.id,
      kind: "consent",
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
  (await readOptOutFeed(ctx, { limit: 100 })).items.map(({ id }) => id);

it("lists nothing of another seller", async () => {
  const { key, marketer, shop, bank, all } = await recordForTwoSellers();
  expect(await listOptOuts(all)).toEqual([shop.optOut.id, bank.optOut.id]);
  expect(await listOptOuts(key)).toEqual([bank.optOut.id]);
  const lines: string[] = [];
  for await (const line of await exportOptOuts(key)) lines.push(line);
  const csv = lines.join("");
  expect(csv).toContain(bank.optOut.id);
  expect(csv).not.toContain(shop.optOut.id);
  await expect(openBlockedList(key, {})).rejects.toMatchObject({ code: "forbidden" });

  const { scrubs } = await listScrubs(marketer, { limit: 10 });
  expect(scrubs.map(({ id }) => id)).toEqual([bank.scrubId]);
  const { runs } = await listRuns(marketer, { limit: 10 });
  expect(runs.map(({ subjectId }) => subjectId)).toEqual([bank.scrubId]);
  const { sources } = await countSources(marketer);
  expect(sources.map(({ consents }) => consents)).toEqual([2]); // of four
  await expect(scrubResult(marketer, shop.scrubId)).rejects.toMatchObject({ code: "not-found" });
});

const standings = async (ctx: RootContext) => {
  const { items } = await listContacts(ctx, ListContacts.parse({}));
  return items.map(({ externalId, standing }) => [externalId, standing]);
};

it("shows standings by consents to one's own sellers only", async () => {
  const { marketer, shop, bank, all } = await recordForTwoSellers();
  const ofBank = ["agreed-to-bank", "granted"];
  expect(await standings(all)).toEqual([ofBank, ["agreed-to-shop", "granted"]]);
  expect(await standings(marketer)).toEqual([ofBank, ["agreed-to-shop", null]]);
  expect(await readContact(marketer, shop.contactId)).toMatchObject({ standing: null });
  expect(await readContact(marketer, bank.contactId)).toMatchObject({ standing: "granted" });
});

const counts = async (ctx: RootContext) => {
  const { day, refusals, month } = await readToday(ctx, { zone: "UTC" });
  const ofHours = day.hours.map(({ allowed, refused }) => allowed + refused);
  const count = refusals.reasons[0]?.count;
  return {
    hours: ofHours.reduce((sum, hour) => sum + hour, 0),
    count,
    isMonthTold: month !== null,
  };
};

it("counts on Today only one's own sellers", async () => {
  const { marketer, all } = await recordForTwoSellers();
  expect(await counts(all)).toEqual({ hours: 2, count: 2, isMonthTold: true });
  expect(await counts(marketer)).toEqual({ hours: 1, count: 1, isMonthTold: false });
});

it("leaves what is another seller's as it is", async () => {
  const { key, marketer, shop, all } = await recordForTwoSellers();
  const everybody: Rule = { is: "all", of: [] };
  const segment = { id: shop.segmentId, version: 1 };
  const saved = saveSegment(marketer, { segment, name: shop.segmentName, rule: everybody });
  await expect(saved).rejects.toMatchObject({ code: "not-found" });
  const withdrawn = withdrawConsent(key, { consent: shop.consent.id, channel: "agent" });
  await expect(withdrawn).rejects.toMatchObject({ code: "forbidden" });
  expect((await readConsent(all, shop.consent.id)).standing).toMatchObject([{ status: "granted" }]);
});
