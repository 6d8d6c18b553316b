import path from "node:path";
import { createReadStream, createWriteStream, existsSync, openAsBlob, renameSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import type { Db } from "@ringfence/db";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { keysIn } from "@ringfence/services/testing/keys";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Installation } from "@ringfence/services/context";
import { authenticateRows } from "@ringfence/services/testing/authenticate-rows";
import { ScrubResponse, ScrubStarted } from "@ringfence/core/calling/scrub";
import type { Bench, Ratio } from "../bench.ts";
import { loadOrganization, scaledSizes } from "../load-organization.ts";
import { makeList } from "../make-list.ts";
import { withApi } from "../with-api.ts";
import { withPostgres } from "../with-postgres.ts";
import { withWorker } from "../with-worker.ts";
import { compareRows, type Comparison } from "./compare-rows.ts";
import { loadRegistry } from "../load-registry.ts";
import { runSql } from "./expect-verdicts.ts";
import { benchOwner } from "../bench-owner.ts";

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
      const ctx = { db, keys, organizationId, actor: benchOwner };
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

/**
 * Loads once what an ordinary organization has little of, and each time calls of the last hours.
 */
async function loadOddities(
  { db, keys }: Pick<Installation, "db" | "keys">,
  organizationId: OrganizationId,
  listed: number,
) {
  const client = await db.pool.connect();
  try {
    await client.query("SELECT set_config('proof.organization', $1, false)", [organizationId]);
    const isLoaded = await db.prisma.reassignedQuery.count({ where: { organizationId } });
    if (isLoaded === 0) {
      // A fresh and an outdated state registry, one of the organization's own, and ported numbers.
      for (const code of ["US-FL-DNC", "US-TX-DNC", "partner", "US-PORTED"]) {
        const isThere = await db.prisma.registry.count({ where: { organizationId, code } });
        if (isThere === 0) await loadRegistry(db, organizationId, code, listed);
      }
      await runSql(client, "oddities");
      await authenticateRows({ db, keys }, organizationId);
    }
    await runSql(client, "late-calls");
  } finally {
    client.release(true);
  }
}

const POLL_MS = 500;

type ApiAccess = { origin: string; key: string };

/** Sends a file through the API and waits until a worker has screened it. */
async function scrubThroughApi(api: ApiAccess, list: string, settings: Record<string, string>) {
  const body = await openAsBlob(list, { type: "text/csv" });
  const query = new URLSearchParams(settings);
  const started = await ask(api, `/v1/scrubs?${query}`, { method: "POST", body });
  const { id } = ScrubStarted.parse(await started.json());
  for (;;) {
    const scrub = ScrubResponse.parse(await (await ask(api, `/v1/scrubs/${id}`)).json());
    if (scrub.status === "failed") throw new Error(`the scrub failed: ${scrub.error}`);
    if (scrub.status === "done" && scrub.counts !== null) return { id, counts: scrub.counts };
    await setTimeout(POLL_MS);
  }
}

/** Streams the result. */
async function streamScrubResult(api: ApiAccess, id: string) {
  const { body } = await ask(api, `/v1/scrubs/${id}/result.csv`);
  if (body === null) throw new Error("the result is empty");
  return body;
}

async function ask({ origin, key }: ApiAccess, place: string, more: RequestInit = {}) {
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(origin + place, { ...more, headers });
  if (!response.ok) throw new Error(`${place}: ${response.status} ${await response.text()}`);
  return response;
}

/** Ways in which people write a number, some of them invalid. */
const spellings = [
  (digits: string) => digits.slice(1),
  (digits: string) => `+1 (${digits.slice(1, 4)}) ${digits.slice(4, 7)}-${digits.slice(7)}`,
  (digits: string) => `${digits.slice(1, 4)}.${digits.slice(4, 7)}.${digits.slice(7)}`,
];
const faults = ["", "n/a", "12", "+1 999", "call him at work"];

/**
 * Makes a copy of the list with every tenth number in another spelling, and none in every
 * thousandth row.
 */
async function spoilList(list: string, file: string): Promise<string> {
  if (existsSync(file)) return file;
  const lines = createInterface({ input: createReadStream(list) });
  await pipeline(
    async function* () {
      let row = -1;
      for await (const line of lines) yield `${row++ < 0 ? line : spoil(line, row)}\n`;
    },
    createWriteStream(`${file}.part`),
  );
  renameSync(`${file}.part`, file);
  return file;
}

function spoil(line: string, row: number): string {
  const one = <T>(of: readonly T[]) => of[Math.floor(row / 10) % of.length];
  if (row % 1_000 === 0) return line.replace(/,\d{11},/, `,${one(faults)},`);
  if (row % 10 > 0) return line;
  return line.replace(/\d{11}/, (digits) => one(spellings)?.(digits) ?? digits);
}
