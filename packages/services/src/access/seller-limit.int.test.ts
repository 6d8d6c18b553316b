import { expect, it } from "vitest";
import { recordForTwoSellers } from "../../testing/two-sellers.ts";
import { openBlockedList } from "../blocked-list/open-blocked-list.ts";
import { printCertificate, readCertificate } from "../certificate/index.ts";
import { countSources } from "../consent/count-sources.ts";
import { readConsentRecord } from "../consent/read-consent-record.ts";
import { readConsent } from "../consent/read-consent.ts";
import type { RootContext } from "../context.ts";
import { readProof } from "../ledger/read-proof.ts";
import { exportOptOuts } from "../opt-out/export-opt-outs.ts";
import { optOutFeed } from "../opt-out/opt-out-feed.ts";
import { listRuns } from "../run/list-runs.ts";
import { listScrubs } from "../scrub/list-scrubs.ts";
import { readScrub } from "../scrub/read-scrub.ts";
import { repeatScrub } from "../scrub/repeat-scrub.ts";
import { scrubResult } from "../scrub/scrub-result.ts";

const publicUrl = "https://ringfence.example";

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
