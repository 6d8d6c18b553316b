import { expect, vi } from "vitest";
import { db } from "./scenes.ts";

/** Comes back when one transaction waits for a lock that another holds, whatever lock that is. */
export const waitForLockWaiter = () =>
  vi.waitFor(async () => expect(await countWaiting()).toBe(1), { timeout: 15_000 });

/** Like `waitForLockWaiter`, for tests that stopped the clock: `vi.waitFor` would move it on. */
export async function waitForLockWaiterUnclocked() {
  for (let left = 20_000; (await countWaiting()) !== 1; left--) {
    if (left === 0) throw new Error("nobody waits for a lock");
  }
}

async function countWaiting() {
  const { rows } = await db.pool.query(
    `SELECT FROM pg_stat_activity
     WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
  );
  return rows.length;
}
