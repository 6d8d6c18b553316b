import type { Db } from "@ringfence/db";
import { onTestFinished, vi } from "vitest";

/** Blocks all writes to a table, while everybody may read it, until released. */
export async function blockWriters({ pool }: Db, table: string) {
  const client = await pool.connect();
  client.on("error", () => {}); // the server may be killed
  await client.query(`BEGIN; LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
  let isHeld = true;
  const release = () => {
    if (isHeld) client.release(true);
    isHeld = false;
  };
  onTestFinished(release);
  return {
    release,
    /** Waits until a writer is blocked. */
    waited: () =>
      vi.waitFor(
        async () => {
          const { rowCount } = await pool.query(
            "SELECT FROM pg_locks WHERE relation = $1::regclass AND NOT granted",
            [table],
          );
          if (rowCount === 0) throw new Error(`nobody waits to write to ${table}`);
        },
        { timeout: 30_000, interval: 20 },
      ),
  };
}
