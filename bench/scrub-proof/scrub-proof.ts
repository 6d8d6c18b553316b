import path from "node:path";
import type { Db } from "@ringfence/db";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { keysIn } from "@ringfence/services/testing/keys";
import type { Bench, Ratio } from "../bench.ts";
import { loadOrganization, scaledSizes } from "../load-organization.ts";
import { makeList } from "../make-list.ts";
import { withApi } from "../with-api.ts";
import { withPostgres } from "../with-postgres.ts";
import { withWorker } from "../with-worker.ts";
import { type Comparison, compareRows } from "./compare-rows.ts";
import { loadOddities } from "./load-oddities.ts";
import { spoilList } from "./spoil-list.ts";
import { type ApiAccess, scrubThroughApi, streamScrubResult } from "./scrub-through-api.ts";

/**
 * Scrubs a file of a million through the API, against an SQL query of our own over the same tables:
 * every verdict and every reason of every row. It is no race, and passes when nothing differs.
 */
export const scrubProofBench: Bench = {
  name: "scrub-proof",
  run: ({ scale, folder, say }) =>
    withPostgres(folder, async (db, url) => {
      const sizes = scaledSizes(scale, 10_000_000);
      const rows = 1_000_000 * scale;
      const keys = keysIn(`${folder}/keys`);
      const organizationId = await loadOrganization({ db, keys }, sizes, say, "proof ");
      await loadOddities({ db, keys }, organizationId, 500_000 * scale);
      const clean = path.join(folder, `proof-${rows}-clean.csv`);
      const list = path.join(folder, `proof-${rows}.csv`);
      await spoilList(await makeList(db, organizationId, rows, clean), list);
      const actor = { type: "member", id: "bench", role: "owner", sellerIds: [] } as const;
      const ctx = { db, keys, organizationId, actor };
      const { key } = await makeApiKey(ctx, {
        reason: "It calls for us.",
        name: "bench",
        scopes: ["scrubs"],
      });

      const proofs = await withApi(url, folder, (origin) =>
        withWorker(url, folder, async () => [
          await prove({ db, api: { origin, key }, list }, { at: "now", seller: "acme" }),
          await prove({ db, api: { origin, key }, list }, { at: nextSunday(), seller: "acme" }),
          // The other seller calls without consent where the law allows it, which depends on the
          // type of line.
          await prove({ db, api: { origin, key }, list }, { at: "now", seller: "other" }),
        ]),
      );
      return {
        bench: "scrub-proof",
        data: `${rows} rows, ${sizes.contacts} contacts, ${sizes.consents} consents, ${sizes.optOuts} opt-outs, ${sizes.calls} calls, registry of ${sizes.registry}`,
        ratios: proofs.flatMap(({ ratios }) => ratios),
        notes: [scope, ...proofs.flatMap(({ notes }) => notes)],
      };
    }),
};

type Proof = { db: Db; api: ApiAccess; list: string };

const scope =
  "compared: number-invalid, opted-out, suppressed, consent-*, number-reassigned, registry-*, frequency-cap, outside-calling-hours, day-not-allowed, zone-unknown; a call by an agent to a number of the United States has no other. Without erased phones, which SQL cannot find";

/**
 * A Sunday evening in the East, when some states allow no calls on that day and others fewer hours.
 */
function nextSunday(): string {
  const day = new Date();
  day.setUTCDate(day.getUTCDate() + 7 - day.getUTCDay());
  day.setUTCHours(23, 30, 0, 0);
  return day.toISOString();
}

/** Runs one scrub and compares it; `db` and `list` are for the comparison. */
async function prove(
  { db, api, list }: Proof,
  { at, seller }: { at: string; seller: "acme" | "other" },
) {
  const begin = performance.now();
  const { id, counts } = await scrubThroughApi(api, list, {
    phoneColumn: "phone",
    purpose: "marketing",
    seller,
    ...(at !== "now" && { at }),
  });
  const screened = performance.now();
  const result = () => streamScrubResult(api, id);
  const compared = await compareRows(db, { id, list, result });
  const [scrubMs, queryMs] = [screened - begin, performance.now() - screened];
  const { allow, refuse, reasons } = counts;
  const call = `${seller}, ${at}`;
  const { ratios, notes } = judge(call, compared, { allow, refuse, ...reasons });
  const times = `${call}: ${Math.round(scrubMs)} ms from upload to done, SQL ${Math.round(queryMs)} ms`;
  return { ratios, notes: [times, ...notes] };
}

function judge(call: string, compared: Comparison, shown: Record<string, number>) {
  const { rows, agreeing, sampled, sampledAgreeing, counts, differences, combinations } = compared;
  const alike = counts.filter(
    ({ what, told, expected }) => told === expected && shown[what] === expected,
  );
  return {
    ratios: [
      whole(`${call}: rows with the query's verdict and reasons`, agreeing, rows),
      whole(`${call}: the same of a sample`, sampledAgreeing, sampled),
      whole(
        `${call}: counts of verdicts and reasons, of the record too`,
        alike.length,
        counts.length,
      ),
    ],
    notes: [
      `${call}: ${rows} rows, ${combinations} combinations of reasons`,
      ...counts.map(
        ({ what, told, expected }) =>
          `${call}: ${what} ${told}, by the query ${expected}, on record ${shown[what]}`,
      ),
      ...differences.map(
        ({ row, phone, told, expected }) =>
          `${call}: row ${row} ${phone} is told "${told}", and by the query "${expected}"`,
      ),
    ],
  };
}

/** A ratio that only a complete match meets. */
const whole = (name: string, part: number, all: number): Ratio => ({
  name: `${name}: ${part} of ${all}`,
  value: part / all,
  target: 1,
  ok: part === all && all > 0,
});
