import type { Db } from "@ringfence/db";
import { expect, vi } from "vitest";
import { db } from "./scenes.ts";

/** Returns once exactly one transaction waits for a lock that another holds, whatever lock that is. */
export const waitForLockWaiter = (within: Pick<Db, "pool"> = db) => waitForLockWaiters(1, within);

/** Returns once exactly `count` transactions wait for locks. */
export const waitForLockWaiters = (count: number, within: Pick<Db, "pool"> = db) =>
  vi.waitFor(async () => expect(await countWaiting(within)).toBe(count), { timeout: 15_000 });

/** Like `waitForLockWaiter`, for tests with fake timers: `vi.waitFor` would advance them. */
export async function waitForLockWaiterUnclocked() {
  for (let left = 20_000; (await countWaiting(db)) !== 1; left--) {
    if (left === 0) throw new Error("nobody waits for a lock");
  }
}

async function countWaiting({ pool }: Pick<Db, "pool">) {
  const { rows } = await pool.query(
    `SELECT FROM pg_stat_activity
     WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
  );
  return rows.length;
}
