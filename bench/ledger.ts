import type { Db } from "@ringfence/db";
import { appendStatements } from "@ringfence/services/proof/ledger";
import { atLeast, atMost, type Bench, median, type Report } from "./bench.ts";
import { measureMergeDelayMs } from "./ledger/merge-delay.ts";
import { insertPlainly, makePlainTable } from "./ledger/plain-insert.ts";
import { makeStatements } from "./ledger/statements.ts";
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
