import { sql } from "kysely";
import { z } from "zod";
import { selectRows, toTable } from "../../platform/internal.ts";
import {
  type Growth,
  listEdgeTiles,
  appendLeaves,
  computeHeadFromTiles,
  isSameHash,
} from "@ringfence/core/proof/ledger";
import type { Db, Transaction } from "@ringfence/db";
import { LOG_ID, createTileReader, loadTiles } from "./tiles.ts";

/** Most entries that one transaction sequences, so that none takes long. */
export const BATCH_SIZE = 4_096;
const TIMEOUT_MS = 60_000;

/**
 * Gives waiting entries their positions in the log, in one transaction. Returns how many, or null if another
 * process is doing it. The lock on the log's row elects the writer, and ends with its transaction.
 *
 * An entry that commits late gets into a later batch. Its position says when it was put into the log, and its
 * statement says when it was made. There is no watermark that it could miss.
 */
export async function sequenceBatch({ prisma }: Pick<Db, "prisma">): Promise<number | null> {
  const [waiting] = await selectRows(
    { db: prisma },
    z.object({ any: z.boolean() }),
    sql`
    SELECT EXISTS (SELECT FROM ledger.pending) AS any`,
  );
  if (waiting?.any !== true) return 0;
  return prisma.$transaction(sequenceInTransaction, { timeout: TIMEOUT_MS });
}

const Log = z.object({ size: z.number(), root: z.instanceof(Uint8Array) });
type Log = z.infer<typeof Log>;
const Taken = z.object({
  ids: z.string().array().nullable(),
  hashes: z.instanceof(Uint8Array).nullable(),
});
type Taken = z.infer<typeof Taken>;

async function sequenceInTransaction(db: Transaction): Promise<number | null> {
  const [log] = await selectRows(
    { db },
    Log,
    sql`
    SELECT size::float8, root FROM ledger.log WHERE log_id = ${LOG_ID}
    FOR NO KEY UPDATE SKIP LOCKED`,
  );
  if (log === undefined) return null;

  const [taken] = await selectRows(
    { db },
    Taken,
    sql`
    WITH taken AS (
      DELETE FROM ledger.pending
      WHERE entry_id IN (
        SELECT entry_id FROM ledger.pending WHERE log_id = ${LOG_ID} ORDER BY entry_id LIMIT ${BATCH_SIZE})
      RETURNING entry_id, leaf_hash
    )
    SELECT array_agg(entry_id ORDER BY entry_id) AS ids,
      string_agg(leaf_hash, ''::bytea ORDER BY entry_id) AS hashes
    FROM taken`,
  );
  const { ids, hashes } = taken ?? {};
  if (!ids || !hashes) return 0;

  await writeGrowth(db, log, ids, await growLog(db, log, hashes));
  return ids.length;
}

/** Appends leaf hashes to the log, after checking that its stored tiles match its root. */
async function growLog(db: Transaction, log: Log, hashes: Uint8Array): Promise<Growth> {
  const edge = await loadTiles(db, listEdgeTiles(log.size));
  if (!isSameHash(computeHeadFromTiles(log.size, createTileReader(edge)).root, log.root)) {
    throw new Error(
      `the tiles of the ledger do not make its root at ${log.size}: run ledger audit`,
    );
  }
  return appendLeaves(log.size, edge, hashes);
}

async function writeGrowth(db: Transaction, { size }: Log, ids: string[], { head, tiles }: Growth) {
  await db.$executeRaw`
    INSERT INTO ledger.leaf (log_id, leaf_index, entry_id)
    SELECT ${LOG_ID}, ${BigInt(size)} + place - 1, id
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS taken (id, place)`;
  const rows = tiles.map(({ index, ...tile }) => ({ ...tile, idx: BigInt(index) }));
  await db.$executeRaw`
    INSERT INTO ledger.tile (log_id, level, idx, hashes)
    SELECT ${LOG_ID}, level, idx, hashes
    FROM ${toTable(rows, { level: "smallint", idx: "bigint", hashes: "bytea" })} AS grown
    ON CONFLICT (log_id, level, idx) DO UPDATE SET hashes = EXCLUDED.hashes`;
  const grown = await db.$executeRaw`
    UPDATE ledger.log
    SET size = ${BigInt(head.size)}, root = ${Uint8Array.from(head.root)}, updated_at = clock_timestamp()
    WHERE log_id = ${LOG_ID} AND size = ${BigInt(size)}`;
  if (grown !== 1) throw new Error("the log grew while its row was locked");
}
