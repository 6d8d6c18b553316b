import { execFile } from "node:child_process";
import { createReadStream, mkdirSync } from "node:fs";
import { promisify } from "node:util";
import { pipeline } from "node:stream/promises";
import { Transform } from "node:stream";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { from } from "pg-copy-streams";
import { atLeast, atMost, type Bench, measureMs, median, type Report } from "../bench.ts";
import { withPostgres } from "../with-postgres.ts";
import { makeDncList } from "./make-dnc-list.ts";
import { createRegistryToSync } from "./registry-to-sync.ts";
import { runSync } from "./run-sync.ts";

/** Counts of numbers; the last is about the size of the US registry. */
const sizes = [1_000_000, 10_000_000, 100_000_000, 250_000_000];
/**
 * Size of the compared table with one row per number: a larger one takes minutes, and no less per
 * row.
 */
const COPIED = 10_000_000;
const GIB = 1024 ** 3;

/**
 * Syncs lists of four sizes: reads them, next to `sha256sum` of the same file, and puts them in
 * force.
 */
export const syncBench: Bench = {
  name: "sync",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(`${folder}-sync`, async (db, databaseUrl) => {
      mkdirSync(folder, { recursive: true });
      const { organizationId } = await createRegistryToSync(db);
      const measured: Measured[] = [];
      for (const count of sizes.map((size) => size * scale)) {
        const file = await makeDncList(folder, count);
        const all: Round[] = [];
        for (let round = -1; round < rounds; round++) {
          const one = await measure(db, { databaseUrl, file, folder, organizationId, count });
          say(`${count}, round ${round}: ${JSON.stringify(one)}`);
          if (round >= 0) all.push(one); // the first is to warm up
        }
        measured.push(toMedians(count, all));
      }
      const data = `lists of ${measured.map(({ count }) => count).join(", ")} US numbers`;
      return { bench: "sync", data, ...judge(measured) };
    }),
};

type Round = {
  sha256sumMs: number;
  ingestMs: number;
  wholeMs: number;
  memoryBytes: number;
  bytesPerNumber: number;
  copyMs: number | null;
};
type Measured = Round & { count: number };

type Measuring = {
  databaseUrl: string;
  file: string;
  folder: string;
  organizationId: OrganizationId;
  count: number;
};

async function measure(db: Db, { count, folder, ...given }: Measuring): Promise<Round> {
  const sha256sumMs = await measureMs(() => promisify(execFile)("sha256sum", [given.file]));
  await clearBlocks(db);
  const { registryId } = await createRegistryToSync(db, given.organizationId);
  const synced = await runSync({ ...given, keys: `${folder}/keys`, registryId });
  const stored = await measureBytesPerNumber(db, count);
  const copyMs = count <= COPIED ? await copyIntoKey(db, given.file) : null;
  return { sha256sumMs, ...synced, bytesPerNumber: stored, copyMs };
}

function toMedians(count: number, rounds: readonly Round[]): Measured {
  const medianBy = (of: (round: Round) => number) => median(rounds.map(of));
  const copied = rounds.flatMap(({ copyMs }) => copyMs ?? []);
  return {
    count,
    sha256sumMs: medianBy((round) => round.sha256sumMs),
    ingestMs: medianBy((round) => round.ingestMs),
    wholeMs: medianBy((round) => round.wholeMs),
    memoryBytes: Math.max(...rounds.map((round) => round.memoryBytes)),
    bytesPerNumber: medianBy((round) => round.bytesPerNumber),
    copyMs: copied.length > 0 ? median(copied) : null,
  };
}

function judge(measured: readonly Measured[]): Pick<Report, "ratios" | "notes"> {
  const [largest, nextLargest] = measured.toReversed();
  const copied = measured.findLast(({ copyMs }) => copyMs !== null);
  if (!largest || !nextLargest || !copied) throw new Error("no sizes");
  const copyPerRow = (copied.copyMs ?? 0) / copied.count;
  // Compare large lists only: in a smaller one, blocks are hardly filled and fixed costs outweigh
  // rows.
  const compared = [nextLargest, largest];
  return {
    ratios: [
      ...compared.map(({ count, ingestMs, sha256sumMs }) =>
        atMost(`ingest of ${count}, against sha256sum`, ingestMs / sha256sumMs, 1.5),
      ),
      ...compared.map(({ count, wholeMs }) =>
        atLeast(
          `whole sync of ${count}, per row, against COPY into a bigint key`,
          copyPerRow / (wholeMs / count),
          30,
        ),
      ),
      atMost(`memory at ${largest.count}, GiB`, largest.memoryBytes / GIB, 2),
      atMost(`bytes a number at ${nextLargest.count}`, nextLargest.bytesPerNumber, 2.8),
      atMost(
        `cost a row at ${largest.count}, against ${nextLargest.count}`,
        largest.wholeMs / largest.count / (nextLargest.wholeMs / nextLargest.count),
        1.1,
      ),
    ],
    notes: [...measured.map(formatMeasured), ...drawChart(measured)],
  };
}

const formatMeasured = (one: Measured) =>
  [
    `${one.count}: sha256sum ${ms(one.sha256sumMs)}, ingest ${ms(one.ingestMs)}`,
    `whole ${ms(one.wholeMs)}, ${Math.round(one.memoryBytes / 1024 ** 2)} MiB`,
    `${one.bytesPerNumber.toFixed(2)} bytes a number`,
    ...(one.copyMs === null ? [] : [`COPY ${ms(one.copyMs)}`]),
  ].join(", ");

const ms = (value: number) => `${Math.round(value)} ms`;

/** Nanoseconds per row, as bars. */
function drawChart(measured: readonly Measured[]): string[] {
  const costs = measured.map(({ count, wholeMs }) => ({ count, ns: (wholeMs / count) * 1e6 }));
  const most = Math.max(...costs.map(({ ns }) => ns));
  return costs.map(
    ({ count, ns }) =>
      `${String(count).padStart(11)} ${"█".repeat(Math.ceil((ns / most) * 40))} ${ns.toFixed(0)} ns a row`,
  );
}

/** Empties the lists, also on disk, and flushes, so that later measurements do not pay for it. */
async function clearBlocks({ pool }: Db) {
  await pool.query("TRUNCATE registry_block");
  await pool.query("CHECKPOINT");
}

/** Bytes on disk, including indexes, for each listed number. */
async function measureBytesPerNumber({ pool }: Db, count: number): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    "SELECT pg_total_relation_size('registry_block') AS bytes",
  );
  return Number(rows[0]?.bytes) / count;
}

/** Measures a table with one row per number: COPY into a bigint primary key. */
async function copyIntoKey({ pool }: Db, file: string) {
  const client = await pool.connect();
  try {
    await client.query("DROP TABLE IF EXISTS listed_number; CHECKPOINT");
    await client.query("CREATE TABLE listed_number (number bigint PRIMARY KEY)");
    const begun = performance.now();
    const copy = client.query(from("COPY listed_number FROM STDIN"));
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), withoutCommas(), copy);
    return performance.now() - begun;
  } finally {
    client.release();
  }
}

const [COMMA, LINE_BYTES] = [0x2c, 12];

/** Removes the comma of `818,5550100`, in place. */
function withoutCommas() {
  let at = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      let kept = 0;
      for (const byte of chunk) {
        if (at++ % LINE_BYTES === 3 && byte === COMMA) continue;
        chunk[kept++] = byte;
      }
      done(null, chunk.subarray(0, kept));
    },
  });
}
