import type { Transaction } from "@ringfence/db";
import type { KeyOnFile } from "./key-files.ts";

/**
 * Locks the keys exclusively: nobody else changes them, or hashes erased numbers with them, until the
 * transaction ends.
 */
export const lockKeys = (tx: Transaction) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('installation keys', 0))`;

/** Keeps the keys unchanged until the transaction ends. Returns the current generation of the master key. */
export async function holdKeys(tx: Transaction): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended('installation keys', 0))`;
  const [held] = await tx.$queryRaw<[{ generation: number }]>`
    SELECT phone_key_generation() AS generation`;
  return held.generation;
}

/** Records generations by their check values. */
export const recordKeys = (tx: Transaction, keys: readonly KeyOnFile[]) =>
  tx.installationKey.createMany({
    data: keys.map(({ name, generation, checkValue }) => ({ name, generation, checkValue })),
  });
