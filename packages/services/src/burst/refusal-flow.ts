import type { RefusalRate } from "@ringfence/core/opt-out";
import type { TransactionContext } from "../context.ts";

/**
 * Refusals that are counted together. Those with a proof of work are counted by themselves: a person whose
 * browser did it is no part of the flood that comes from the address they share.
 */
export type RefusalFlow = {
  /** Null for all addresses. */
  addressKey: Uint8Array<ArrayBuffer> | null;
  hasProof: boolean;
};

/** The rate that a flow has passed, counting those that are `expected` too; null where it has passed none. */
export async function findRatePassed(
  { db, organizationId, now }: TransactionContext,
  { addressKey, hasProof }: RefusalFlow,
  rates: readonly RefusalRate[],
  { expected = 0 } = {},
): Promise<RefusalRate | null> {
  for (const rate of rates) {
    const count = await db.anonymousRefusal.count({
      where: {
        organizationId,
        ...(addressKey && { addressKey }),
        hasProof,
        receivedAt: { gt: new Date(now.getTime() - rate.seconds * 1_000) },
      },
      take: rate.most + 1,
    });
    if (count + expected > rate.most) return rate;
  }
  return null;
}
