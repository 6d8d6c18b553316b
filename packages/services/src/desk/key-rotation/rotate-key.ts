import { sql } from "kysely";
import { z } from "zod";
import path from "node:path";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db, Transaction } from "@ringfence/db";
import { INSTALLATION_ID, recordStatement } from "../../proof/ledger/internal.ts";
import { rehashErasedPhones } from "../../people/phone/internal.ts";
import {
  KeyName,
  type KeyOnFile,
  type KeyRing,
  StartRefused,
  createKeyFile,
  deriveKey,
  examineKeys,
  getCurrentKey,
  keyFileName,
  lockKeys,
  nextHash,
  readKeyFile,
  recordKeys,
  toKeyRing,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";

export type RotatedKey = { file: string; generation: number; checkValue: string };

/**
 * Creates the next generation of a key and puts it in use. Earlier generations stay in the folder: they open what they
 * sealed, and check what they signed. The rotation is stated on the ledger. Throws `StartRefused` if a key in the folder
 * is missing, is not the recorded one, or is not in use yet.
 *
 * Rotating the master key also hashes the hashes of erased numbers once more, in the same transaction, so that a
 * process without the new key notices that it cannot find them.
 */
export const rotateKey = (
  { prisma }: Pick<Db, "prisma">,
  folder: string,
  name: KeyName,
): Promise<RotatedKey> =>
  prisma.$transaction(
    async (tx) => {
      await lockKeys(tx);
      const ring = await readRing(tx, folder);
      const key = createNextKey(folder, name, (ring[name].at(-1)?.generation ?? 0) + 1);
      if (key.name === "master") await rehashErasedPhones(tx, createRehash(key.secret));
      await recordKeys(tx, [key]);
      await recordRotation(tx, ring, key);
      const { generation, checkValue } = key;
      return { file: path.join(folder, keyFileName(name, generation)), generation, checkValue };
    },
    { timeout: 3_600_000 },
  );

async function readRing(tx: Transaction, folder: string): Promise<KeyRing> {
  const { opened, adoptable, lacking, faults } = await examineKeys(tx, folder);
  if (faults.length > 0) throw new StartRefused(faults);
  if (adoptable.length > 0 || lacking.length > 0) {
    throw new StartRefused([{ key: "keys.not-in-use-yet" }]);
  }
  return toKeyRing(opened);
}

/** Creates the key file of the next generation, or takes the one that an interrupted rotation left behind. */
function createNextKey(folder: string, name: KeyName, generation: number): KeyOnFile {
  createKeyFile(folder, name, generation);
  const key = readKeyFile(folder, name, generation);
  if (key === null) throw new Error(`the ${name} key was created, but its file is missing`);
  if ("fault" in key) throw new StartRefused([key.fault]);
  return key;
}

/**
 * Creates a function that hashes the hash of an erased number once more, with the organization's key of this
 * generation.
 */
function createRehash(master: Uint8Array) {
  const keys = new Map<OrganizationId, ReturnType<typeof deriveKey>>();
  return (organizationId: OrganizationId, hashed: Uint8Array) => {
    const key = keys.get(organizationId) ?? deriveKey(master, organizationId, "phone key");
    keys.set(organizationId, key);
    return nextHash(key, hashed);
  };
}

/**
 * States the rotation, signed with the statement key in use until now. Rotations of signing keys include the
 * public keys.
 */
async function recordRotation(tx: Transaction, ring: KeyRing, key: KeyOnFile) {
  const clock = await selectRow(
    { db: tx },
    z.object({ now: z.date() }),
    sql`SELECT clock_timestamp() AS now`,
  );
  const { name, generation, checkValue } = key;
  const isSigning = key.name === "permit" || key.name === "statement";
  await recordStatement(
    { db: tx, keys: { statement: getCurrentKey(ring.statement, "statement").signing } },
    {
      organizationId: INSTALLATION_ID,
      kind: "key.rotation",
      subject: `${name}/${generation}/${checkValue}`,
      at: clock.now,
      claims: {
        key: name,
        generation,
        ...(isSigning && {
          old: getCurrentKey(ring[key.name], name).signing.x,
          new: key.signing.x,
        }),
      },
    },
  );
}

const ListedKey = z.object({
  name: KeyName,
  generation: z.number(),
  checkValue: z.string(),
  createdAt: z.date(),
});
export type ListedKey = z.infer<typeof ListedKey>;

/** Lists all recorded generations of each key, oldest first. */
export const listKeys = ({ prisma }: Pick<Db, "prisma">): Promise<ListedKey[]> =>
  selectRows(
    { db: prisma },
    ListedKey,
    sql`
    SELECT name, generation, check_value AS "checkValue", created_at AS "createdAt"
    FROM installation_key ORDER BY name, generation`,
  );
