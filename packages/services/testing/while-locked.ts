import { db } from "./scenes.ts";

/** Runs a test while a table is locked, so that a statement which needs it is slow. */
export async function whileLocked(table: string, test: () => Promise<void>) {
  const client = await db.pool.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  try {
    await test();
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}
