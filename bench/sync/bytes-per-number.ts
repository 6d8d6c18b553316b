import type { Db } from "@ringfence/db";

/** Nothing is listed, on disk either, and what was written is not paid for later. */
export async function clearBlocks({ pool }: Db) {
  await pool.query("TRUNCATE registry_block");
  await pool.query("CHECKPOINT");
}

/** Bytes on disk, indexes and all, for each of the numbers that are listed. */
export async function bytesPerNumber({ pool }: Db, count: number): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    "SELECT pg_total_relation_size('registry_block') AS bytes",
  );
  return Number(rows[0]?.bytes) / count;
}
