import type { Db } from "@ringfence/db";
import { confirmReplication } from "../../platform/internal.ts";

/** Size of the largest checkpoint that a standby is known to have, for each database. */
const confirmedSizes = new WeakMap<Db["prisma"], number>();

/**
 * Waits until a standby has the checkpoint of this size, where replication is synchronous. Call it before anybody outside
 * sees the checkpoint: one that a fail-over loses would look like a fork of the log.
 */
export async function confirmCheckpoint(prisma: Db["prisma"], size: number) {
  if ((confirmedSizes.get(prisma) ?? 0) >= size) return;
  await prisma.$transaction((db) => confirmReplication({ db }));
  confirmedSizes.set(prisma, size);
}
