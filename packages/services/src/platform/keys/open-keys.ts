import type { Db, Transaction } from "@ringfence/db";
import { toKeys } from "./to-keys.ts";
import { type KeyExamination, examineKeys } from "./examine-keys.ts";
import { createKeyFile, readKeyFile } from "./key-files.ts";
import { type KeyRing, type OpenedKey, lockKeys, recordKeys, toKeyRing } from "./key-ring.ts";
import type { Keys } from "./keys.ts";
import { StartRefused } from "./start-refused.ts";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Opens the keys in a folder for a database, as every process does when it starts. They must be the keys that
 * the database was used with, which its check values prove. If the database is empty, missing keys are
 * created.
 *
 * @throws StartRefused if a file is missing, damaged, or belongs to another key, or if the database still has no tables
 * after half a minute; the error of the connection if the database does not answer by then
 */
export async function openKeys(db: Db, folder: string): Promise<Keys> {
  await waitForDatabase(db);
  return toKeys(await openRing(db, folder), () => openRing(db, folder));
}

async function openRing({ prisma }: Db, folder: string): Promise<KeyRing> {
  const examined = await prisma.$transaction((tx) => examineKeys(tx, folder), { timeout: 60_000 });
  assertNoFaults(examined);
  if (examined.adoptable.length === 0 && examined.lacking.length === 0) {
    return toKeyRing(examined.opened);
  }
  return prisma.$transaction((tx) => completeRing(tx, folder), { timeout: 60_000 });
}

/**
 * Records adopted keys and creates missing ones. If several processes start at once, the first creates the
 * keys and the others find them recorded.
 */
async function completeRing(tx: Transaction, folder: string): Promise<KeyRing> {
  await lockKeys(tx);
  const examined = await examineKeys(tx, folder);
  assertNoFaults(examined);
  const { opened, adoptable, lacking } = examined;
  const made = lacking.map((name) => {
    createKeyFile(folder, name, 1);
    const key = readKeyFile(folder, name, 1);
    if (key === null) throw new Error(`the ${name} key was created, but its file is missing`);
    if ("fault" in key) throw new StartRefused([key.fault]);
    return key;
  });
  const added = [...adoptable, ...made];
  await recordKeys(tx, added);
  return toKeyRing([...opened, ...added.map((key): OpenedKey => ({ ...key, isOver: false }))]);
}

function assertNoFaults({ faults }: KeyExamination) {
  if (faults.length > 0) throw new StartRefused(faults);
}

const TRIES = 60;
const PAUSE_MS = 500;

/**
 * Waits up to half a minute for the database: a process may start before it, during a short outage, or while its tables
 * are being created. Does not check that every migration is there (`isMigrated` does).
 */
async function waitForDatabase({ pool }: Pick<Db, "pool">) {
  for (let attempt = 1; ; attempt++) {
    const fault = await findFault(pool);
    if (fault === null) return;
    if (attempt === TRIES) throw fault;
    await pause(PAUSE_MS);
  }
}

async function findFault(pool: Db["pool"]): Promise<unknown> {
  try {
    const table = await pool.query(
      `SELECT FROM pg_class WHERE oid = to_regclass('installation_key')`,
    );
    return table.rowCount === 1 ? null : new StartRefused([{ key: "error.database-behind" }]);
  } catch (error) {
    return error;
  }
}

const EVERY_MS = 5_000;

/**
 * Makes a running process pick up keys that were rotated, within five seconds. Until it has them, it cannot open
 * texts sealed with them, nor check codes and signatures made with them. Code that looks for erased numbers or opens
 * the vault reloads the keys at once. `onFault` receives each new reason why they cannot be opened; the process goes on
 * with the keys it has.
 */
export function keepKeysCurrent(keys: Keys, onFault: (error: unknown) => void) {
  let lastMessage = "";
  const refresh = async () => {
    try {
      await keys.refresh();
      lastMessage = "";
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== lastMessage) onFault(error);
      lastMessage = message;
    }
  };
  setInterval(() => void refresh(), EVERY_MS).unref();
}
