import { setTimeout as wait } from "node:timers/promises";
import type { Db } from "@ringfence/db";

/**
 * Waiting time of entries since an instant until a checkpoint held them: the 99th percentile in ms.
 * Waits until the last of them is signed.
 */
export async function measureMergeDelayMs({ pool }: Db, since: Date): Promise<number> {
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
