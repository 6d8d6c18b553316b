import type { Db, Transaction } from "@ringfence/db";
import { createKeys } from "./create-keys.ts";
import { examineKeys, type KeyExamination } from "./examine-keys.ts";
import { makeKeyFile, readKeyFile } from "./key-files.ts";
import { type KeyRing, type OpenedKey, toKeyRing } from "./key-ring.ts";
import type { Keys } from "./keys.ts";
import { lockKeys, recordKeys } from "./key-rows.ts";
import { KeysRefused } from "./keys-refused.ts";
import { waitForDatabase } from "./wait-for-database.ts";

/**
 * Opens the keys in a folder for a database, as every process does when it starts. They must be the keys that
 * the database was used with, which its check values prove. If the database is empty, missing keys are
 * created.
 *
 * @throws KeysRefused if a file is missing, damaged, or belongs to another key
 */
export async function openKeys(db: Db, folder: string): Promise<Keys> {
  await waitForDatabase(db);
  return createKeys(await openRing(db, folder), () => openRing(db, folder));
}

async function openRing({ prisma }: Db, folder: string): Promise<KeyRing> {
  const examined = await prisma.$transaction((tx) => examineKeys(tx, folder), { timeout: 60_000 });
  refuseFaults(examined);
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
  refuseFaults(examined);
  const { opened, adoptable, lacking } = examined;
  const made = lacking.map((name) => {
    makeKeyFile(folder, name, 1);
    const key = readKeyFile(folder, name, 1);
    if (key === null) throw new Error(`the ${name} key was created, but its file is missing`);
    if ("fault" in key) throw new KeysRefused([key.fault]);
    return key;
  });
  const added = [...adoptable, ...made];
  await recordKeys(tx, added);
  return toKeyRing([...opened, ...added.map((key): OpenedKey => ({ ...key, isOver: false }))]);
}

function refuseFaults({ faults }: KeyExamination) {
  if (faults.length > 0) throw new KeysRefused(faults);
}
