import path from "node:path";
import type { Message } from "@ringfence/core/platform/message";
import type { Db, Transaction } from "@ringfence/db";
import { findEvidence, isEmpty } from "./key-evidence.ts";
import { keyFileName, type KeyOnFile, readKeyFile } from "./key-files.ts";
import { KEY_NAMES, type KeyName } from "./key-names.ts";
import type { OpenedKey } from "./key-ring.ts";

/** Result of comparing the key files in a folder with a database. */
export type KeyExamination = {
  opened: OpenedKey[];
  /** Not recorded yet and not contradicted by the data, so they can be recorded. */
  adoptable: KeyOnFile[];
  /** Neither recorded nor in the folder. They are created if the database is empty. */
  lacking: KeyName[];
  /** Reasons why these keys must not be used. */
  faults: Message[];
};

type KeyRow = { name: KeyName; generation: number; checkValue: string; isOver: boolean };

/** Compares the key files in a folder with the check values in the database. Changes neither. */
export async function examineKeys(tx: Transaction, folder: string): Promise<KeyExamination> {
  const examined: KeyExamination = { opened: [], adoptable: [], lacking: [], faults: [] };
  const rows = await readRows(tx);
  for (const row of rows) compareFile(examined, folder, row);
  for (const name of KEY_NAMES) {
    if (rows.every((row) => row.name !== name)) await examineNew(examined, tx, folder, name);
  }
  if (examined.lacking.length > 0 && (rows.length > 0 || !(await isEmpty(tx)))) {
    for (const name of examined.lacking) examined.faults.push(missing(folder, name, 1));
  }
  return examined;
}

/** Finds what is wrong with the keys in a folder, without creating or recording any. */
export const findKeyFaults = ({ prisma }: Pick<Db, "prisma">, folder: string) =>
  prisma.$transaction(async (tx) => (await examineKeys(tx, folder)).faults, { timeout: 60_000 });

function readRows(tx: Transaction): Promise<KeyRow[]> {
  return tx.$queryRaw<KeyRow[]>`
    SELECT name, generation, check_value AS "checkValue",
      coalesce(lead(created_at) OVER (PARTITION BY name ORDER BY generation)
        < clock_timestamp() - interval '1 day', false) AS "isOver"
    FROM installation_key ORDER BY name, generation`;
}

function compareFile(
  { opened, faults }: KeyExamination,
  folder: string,
  { name, generation, checkValue, isOver }: KeyRow,
) {
  const key = readKeyFile(folder, name, generation);
  if (key === null) return void faults.push(missing(folder, name, generation));
  if ("fault" in key) return void faults.push(key.fault);
  if (key.checkValue === checkValue) return void opened.push({ ...key, isOver });
  const values = { file: path.join(folder, keyFileName(name, generation)) };
  faults.push({ key: "keys.other", values });
}

async function examineNew(
  { adoptable, lacking, faults }: KeyExamination,
  tx: Transaction,
  folder: string,
  name: KeyName,
) {
  const key = readKeyFile(folder, name, 1);
  if (key === null) return void lacking.push(name);
  if ("fault" in key) return void faults.push(key.fault);
  if ((await findEvidence(tx, key)) !== "opens-nothing") return void adoptable.push(key);
  faults.push({
    key: "keys.opens-nothing",
    values: { file: path.join(folder, keyFileName(name, 1)) },
  });
}

const missing = (folder: string, name: KeyName, generation: number): Message => ({
  key: "keys.missing",
  values: { file: path.join(folder, keyFileName(name, generation)) },
});
