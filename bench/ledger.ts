import { setTimeout as wait } from "node:timers/promises";
import type { Db } from "@ringfence/db";
import { appendStatements, type NewStatement } from "@ringfence/services/proof/ledger";
import { openKeys } from "@ringfence/services/platform/keys";
import { createLeaf } from "@ringfence/core/proof/ledger";
import { atLeast, atMost, type Bench, median, type Report } from "./bench.ts";
import { withPostgres } from "./with-postgres.ts";
import { withSigner } from "./with-worker.ts";

const BATCH = 256;
/** Number of connections that append at once. */
const WRITERS = 4;
const SECONDS = 6;
const ratioTarget = 0.4;
const delayTargetMs = 2_000;

type Round = { plain: number; ledger: number; delayMs: number };

/** Appends statements in batches while a worker sequences and signs, against a plain table. */
export const ledgerBench: Bench = {
  name: "ledger",
  run: ({ scale, rounds, folder, say }) =>
    withPostgres(`${folder}/ledger`, async (db, url) => {
      await makePlainTable(db);
      // Open the keys before the first statement: a database that already has statements gets no new keys.
      await openKeys(db, `${folder}/ledger/keys`);
      const measured: Round[] = [];
      await withSigner(url, `${folder}/ledger`, async () => {
        for (let round = -1; round < rounds; round++) {
          const one = await measure(db, SECONDS * scale);
          say(`round ${round}: ${JSON.stringify(one)}`);
          if (round >= 0) measured.push(one); // the first is to warm up
        }
      });
      const data = `${WRITERS} writers, ${BATCH} statements of 900 bytes a commit, ${SECONDS * scale} s a round`;
      return { bench: "ledger", data, ...judge(measured) };
    }),
};

async function measure(db: Db, seconds: number): Promise<Round> {
  const plain = await measureRowsPerSecond(seconds, (count) =>
    insertPlainly(db, makeStatements(BATCH, count)),
  );
  const { rows } = await db.pool.query<{ now: Date }>("SELECT clock_timestamp() AS now");
  const ledger = await measureRowsPerSecond(seconds, (count) =>
    db.prisma.$transaction((tx) => appendStatements(tx, makeStatements(BATCH, count))),
  );
  return { plain, ledger, delayMs: await measureMergeDelayMs(db, rows[0]?.now ?? new Date()) };
}

let batches = 0;

/** Measures rows per second of writers that do not wait for each other. */
async function measureRowsPerSecond(seconds: number, append: (batch: number) => Promise<unknown>) {
  const begin = performance.now();
  let done = 0;
  const write = async () => {
    while (performance.now() - begin < seconds * 1_000) {
      await append(batches++);
      done += BATCH;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  return Math.round(done / ((performance.now() - begin) / 1_000));
}

function judge(rounds: readonly Round[]): Pick<Report, "ratios" | "notes"> {
  const ratio = median(rounds.map(({ plain, ledger }) => ledger / plain));
  const delayMs = median(rounds.map(({ delayMs }) => delayMs));
  const medianBy = (of: "plain" | "ledger") => median(rounds.map((round) => round[of]));
  return {
    ratios: [
      atLeast(
        "statements a second, against a plain insert of as many a commit",
        ratio,
        ratioTarget,
      ),
      atMost("from accepted to signed, the 99th of 100, in ms", delayMs, delayTargetMs),
    ],
    notes: [
      `${medianBy("ledger")} statements a second, ${medianBy("plain")} plain rows`,
      "statements are signed before: that is not measured here",
    ],
  };
}

const organizationId = "0195a000-0000-7000-8000-000000000001";
/** Size of a consent's statement without its disclosure. */
const BYTES = 900;
const run = String(process.pid) + String(Date.now());

/** Statements that no other batch contains. */
const makeStatements = (count: number, batch: number): NewStatement[] =>
  Array.from({ length: count }, (_, index) => {
    const key = `${run}/${batch}/${index}`;
    return {
      organizationId,
      kind: "consent.granted",
      idempotencyKey: key,
      statement: key.padEnd(BYTES, "eyJhbGciOiJFZERTQSJ9"),
    };
  });

/** Creates a plain table for the same rows, with the same two keys. */
const makePlainTable = ({ pool }: Db) =>
  pool.query(`
    CREATE TABLE IF NOT EXISTS plain_entry (
      entry_id uuid PRIMARY KEY DEFAULT uuid7(),
      organization_id uuid NOT NULL,
      kind text NOT NULL,
      idem_key bytea NOT NULL,
      statement text NOT NULL,
      leaf bytea NOT NULL,
      accepted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      UNIQUE (organization_id, idem_key)
    )`);

/** Inserts a batch with one statement and one commit, on the bare pool, as fast as it goes. */
const insertPlainly = ({ pool }: Db, statements: readonly NewStatement[]) =>
  pool.query({
    name: "plain",
    text: `
      INSERT INTO plain_entry (organization_id, kind, idem_key, statement, leaf)
      SELECT organization_id, kind, sha256(convert_to(key, 'UTF8')), statement, leaf
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[])
        AS sent (organization_id, kind, key, statement, leaf)`,
    values: [
      statements.map(({ organizationId }) => organizationId),
      statements.map(({ kind }) => kind),
      statements.map(({ idempotencyKey }) => idempotencyKey),
      statements.map(({ statement }) => statement),
      statements.map(({ statement }) => Buffer.from(createLeaf(statement))),
    ],
  });

/**
 * Waiting time of entries since an instant until a checkpoint held them: the 99th percentile in ms.
 * Waits until the last of them is signed.
 */
async function measureMergeDelayMs({ pool }: Db, since: Date): Promise<number> {
  for (;;) {
    const { rows } = await pool.query<{ ms: number | null; waiting: string }>(
      `WITH signed AS (
        SELECT size, signed_at, coalesce(lag(size) OVER (ORDER BY size), 0) AS before
        FROM ledger.checkpoint
      )
      SELECT
        percentile_cont(0.99) WITHIN GROUP (
          ORDER BY extract(epoch FROM signed_at - accepted_at) * 1000) AS ms,
        (SELECT count(*) FROM ledger.entry WHERE accepted_at > $1) - count(*) AS waiting
      FROM signed
      JOIN ledger.leaf ON leaf_index >= before AND leaf_index < size
      JOIN ledger.entry USING (entry_id)
      WHERE signed_at > $1 AND accepted_at > $1`,
      [since],
    );
    const [row] = rows;
    if (row && row.ms !== null && row.waiting === "0") return Math.round(row.ms);
    await wait(500);
  }
}
