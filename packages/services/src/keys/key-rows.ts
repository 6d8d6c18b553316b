import type { Transaction } from "@ringfence/db";
import type { KeyOnFile } from "./key-files.ts";

/** Keeps everybody else from changing which keys there are, and from hashing erased numbers by them. */
export const lockKeys = (tx: Transaction) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('installation keys', 0))`;

/** Keeps the keys as they are until the transaction ends. Answers the generation of the master key. */
export async function holdKeys(tx: Transaction): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended('installation keys', 0))`;
  const [held] = await tx.$queryRaw<[{ generation: number }]>`
    SELECT phone_key_generation() AS generation`;
  return held.generation;
}

/** Puts generations on record by their check values. */
export const recordKeys = (tx: Transaction, keys: readonly KeyOnFile[]) =>
  tx.installationKey.createMany({
    data: keys.map(({ name, generation, checkValue }) => ({ name, generation, checkValue })),
  });
