import type { Db } from "@ringfence/db";
import type { PoolClient } from "pg";
import { z } from "zod";

const Snapshot = z.tuple([z.object({ id: z.string() })]);

const begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/**
 * Reads with two connections that see the database at one instant, so that work which keeps one of the
 * server's processors busy takes half the time on two. Both are read-only, and are returned to the pool afterwards.
 */
export const withSharedSnapshot = <T>(
  { pool }: Db,
  read: (first: PoolClient, second: PoolClient) => Promise<T>,
): Promise<T> =>
  withTransaction(pool, begin, async (first) => {
    const { rows } = await first.query("SELECT pg_export_snapshot() AS id");
    const [{ id }] = Snapshot.parse(rows);
    const join = `${begin}; SET TRANSACTION SNAPSHOT '${id}'`;
    return withTransaction(pool, join, (second) => read(first, second));
  });

/** Runs work in a transaction of a connection. If it fails, the connection is closed, which ends the transaction. */
async function withTransaction<T>(
  pool: Db["pool"],
  begin: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    // Prepared reads of a million rows are planned for their own values, not once for all.
    await client.query(`${begin}; SET LOCAL plan_cache_mode = auto`);
    const found = await work(client);
    await client.query("COMMIT");
    client.release();
    return found;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
