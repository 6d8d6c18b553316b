import path from "node:path";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db, Transaction } from "@ringfence/db";
import { INSTALLATION, recordStatement } from "../ledger/record-statement.ts";
import { rehashErasedPhones } from "../phone/rehash-erased-phones.ts";
import { deriveKey } from "./derive-key.ts";
import { examineKeys } from "./examine-keys.ts";
import { keyFileName, type KeyOnFile, makeKeyFile, readKeyFile } from "./key-files.ts";
import type { KeyName } from "./key-names.ts";
import { currentOf, type KeyRing, toKeyRing } from "./key-ring.ts";
import { lockKeys, recordKeys } from "./key-rows.ts";
import { KeysRefused } from "./keys-refused.ts";
import { nextHash } from "./phone-key.ts";

export type RotatedKey = { file: string; generation: number; checkValue: string };

/**
 * Makes the next generation of a key, which is in use from then on. The older ones stay in the folder, and
 * open what they sealed and signed. That it was done is stated on the ledger.
 *
 * Hashes of erased numbers are hashed once more, in the same transaction, for a process that knows the old
 * key alone to notice that it cannot look for them.
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
      const key = makeNext(folder, name, (ring[name].at(-1)?.generation ?? 0) + 1);
      if (key.name === "master") await rehashErasedPhones(tx, rehashWith(key.secret));
      await recordKeys(tx, [key]);
      await stateRotation(tx, ring, key);
      const { generation, checkValue } = key;
      return { file: path.join(folder, keyFileName(name, generation)), generation, checkValue };
    },
    { timeout: 3_600_000 },
  );

async function readRing(tx: Transaction, folder: string): Promise<KeyRing> {
  const { opened, adoptable, lacking, faults } = await examineKeys(tx, folder);
  if (faults.length > 0) throw new KeysRefused(faults);
  if (adoptable.length > 0 || lacking.length > 0) {
    throw new KeysRefused([{ key: "keys.not-in-use-yet" }]);
  }
  return toKeyRing(opened);
}

/** One that an interrupted rotation left in the folder is taken. */
function makeNext(folder: string, name: KeyName, generation: number): KeyOnFile {
  makeKeyFile(folder, name, generation);
  const key = readKeyFile(folder, name, generation);
  if (key === null) throw new Error(`the ${name} key was made, and is not there`);
  if ("fault" in key) throw new KeysRefused([key.fault]);
  return key;
}

/** Hashes with a key of each organization, which is derived once. */
function rehashWith(master: Uint8Array) {
  const keys = new Map<OrganizationId, ReturnType<typeof deriveKey>>();
  return (organizationId: OrganizationId, hashed: Uint8Array) => {
    const key = keys.get(organizationId) ?? deriveKey(master, organizationId, "phone key");
    keys.set(organizationId, key);
    return nextHash(key, hashed);
  };
}

/** Signed by the statement key that was in use until now; of a key that signs, with the public keys. */
async function stateRotation(tx: Transaction, ring: KeyRing, key: KeyOnFile) {
  const [clock] = await tx.$queryRaw<[{ now: Date }]>`SELECT clock_timestamp() AS now`;
  const { name, generation, checkValue } = key;
  const isSigning = key.name === "permit" || key.name === "statement";
  await recordStatement(
    { db: tx, keys: { statement: currentOf(ring.statement, "statement").signing } },
    {
      organizationId: INSTALLATION,
      kind: "key.rotation",
      subject: `${name}/${generation}/${checkValue}`,
      at: clock.now,
      claims: {
        key: name,
        generation,
        ...(isSigning && {
          old: currentOf(ring[key.name], name).signing.x,
          new: key.signing.x,
        }),
      },
    },
  );
}

export type ListedKey = { name: KeyName; generation: number; checkValue: string; createdAt: Date };

/** The generations on record, the oldest of each key first. */
export const listKeys = ({ prisma }: Pick<Db, "prisma">): Promise<ListedKey[]> =>
  prisma.$queryRaw<ListedKey[]>`
    SELECT name, generation, check_value AS "checkValue", created_at AS "createdAt"
    FROM installation_key ORDER BY name, generation`;
