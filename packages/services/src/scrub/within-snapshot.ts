import type { Db } from "@ringfence/db";
import type { PoolClient } from "pg";

const begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/**
 * Reads by two connections that see the database at one instant, that of the first statement: what
 * takes a processor of the server all its time then takes two of them half of it.
 */
export async function withinSnapshot<T>(
  { pool }: Db,
  read: (first: PoolClient, second: PoolClient) => Promise<T>,
): Promise<T> {
  const [first, second] = [await pool.connect(), await pool.connect()];
  try {
    await first.query(begin);
    const { rows } = await first.query<{ id: string }>("SELECT pg_export_snapshot() AS id");
    await second.query(begin);
    await second.query(`SET TRANSACTION SNAPSHOT '${rows[0]?.id}'`);
    const found = await read(first, second);
    for (const client of [first, second]) {
      await client.query("COMMIT");
      client.release();
    }
    return found;
  } catch (error) {
    // An open transaction ends with its connection.
    for (const client of [first, second]) client.release(true);
    throw error;
  }
}
