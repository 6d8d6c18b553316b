import { setTimeout as pause } from "node:timers/promises";
import { KeysRefused } from "./keys-refused.ts";
import type { Db } from "@ringfence/db";

const TRIES = 60;
const PAUSE_MS = 500;

/**
 * Waits up to half a minute for the database: a process may start before it, during a short outage, or while
 * it is being migrated to this version.
 */
export async function waitForDatabase({ pool }: Pick<Db, "pool">) {
  for (let attempt = 1; ; attempt++) {
    const fault = await findFault(pool);
    if (fault === null) return;
    if (attempt === TRIES) throw fault;
    await pause(PAUSE_MS);
  }
}

async function findFault(pool: Db["pool"]): Promise<unknown> {
  try {
    const { rows } = await pool.query<{ isThere: boolean }>(
      `SELECT to_regclass('installation_key') IS NOT NULL AS "isThere"`,
    );
    return rows[0]?.isThere ? null : new KeysRefused([{ key: "error.database-behind" }]);
  } catch (error) {
    return error;
  }
}
