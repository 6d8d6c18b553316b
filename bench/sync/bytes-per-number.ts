import type { Db } from "@ringfence/db";

/** Empties the lists, also on disk, and flushes, so that later measurements do not pay for it. */
export async function clearBlocks({ pool }: Db) {
  await pool.query("TRUNCATE registry_block");
  await pool.query("CHECKPOINT");
}

/** Bytes on disk, including indexes, for each listed number. */
export async function measureBytesPerNumber({ pool }: Db, count: number): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    "SELECT pg_total_relation_size('registry_block') AS bytes",
  );
  return Number(rows[0]?.bytes) / count;
}
