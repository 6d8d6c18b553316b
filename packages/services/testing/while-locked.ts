import { db } from "./scenes.ts";

/** Runs a test while nobody can read or write a table; a statement that waits for it is slow. */
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
