import { sql } from "kysely";
import { z } from "zod";
import { selectRow } from "../rows.ts";
import type { KeyName, KeyOnFile, SecretName, SigningName } from "./key-files.ts";
import type { Transaction } from "@ringfence/db";

/** A generation of a key that this process has opened. */
export type OpenedKey = KeyOnFile & {
  /** True if its successor is more than a day old, so that its short-lived signatures and MACs have expired. */
  isOver: boolean;
};

type OpenedSecret = Extract<OpenedKey, { name: SecretName }>;
type OpenedSigningKey = Extract<OpenedKey, { name: SigningName }>;

/** All generations of all keys, oldest first. The last of each is in use. */
export type KeyRing = {
  master: readonly OpenedSecret[];
  vault: readonly OpenedSecret[];
  permit: readonly OpenedSigningKey[];
  statement: readonly OpenedSigningKey[];
};

/** Groups opened keys by name, and orders the generations of each. A name without a key gets an empty list. */
export function toKeyRing(keys: readonly OpenedKey[]): KeyRing {
  const ordered = keys.toSorted((a, b) => a.generation - b.generation);
  const secrets = (name: SecretName) =>
    ordered.filter((key): key is OpenedSecret => key.name === name);
  const signing = (name: SigningName) =>
    ordered.filter((key): key is OpenedSigningKey => key.name === name);
  return {
    master: secrets("master"),
    vault: secrets("vault"),
    permit: signing("permit"),
    statement: signing("statement"),
  };
}

/** Returns the generation in use; fails if there is none. */
export function getCurrentKey<Key>(keys: readonly Key[], name: KeyName): Key {
  const current = keys.at(-1);
  if (current === undefined) throw new Error(`there is no ${name} key`);
  return current;
}

/**
 * Locks the keys exclusively: nobody else changes them, or holds them (`holdKeys`) to hash erased numbers, until the
 * transaction ends.
 */
export const lockKeys = (tx: Transaction) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('installation keys', 0))`;

/**
 * Keeps the keys unchanged until the transaction ends; several transactions may do so at once. Returns the current
 * generation of the master key.
 */
export async function holdKeys(tx: Transaction): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended('installation keys', 0))`;
  const held = await selectRow(
    { db: tx },
    z.object({ generation: z.number() }),
    sql`
    SELECT phone_key_generation() AS generation`,
  );
  return held.generation;
}

/** Records generations by their check values. The caller holds the lock (`lockKeys`). */
export const recordKeys = (tx: Transaction, keys: readonly KeyOnFile[]) =>
  tx.installationKey.createMany({
    data: keys.map(({ name, generation, checkValue }) => ({ name, generation, checkValue })),
  });
