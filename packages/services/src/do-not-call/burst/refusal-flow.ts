import type { RefusalRate } from "@ringfence/core/do-not-call/burst";
import type { TransactionContext } from "../../platform/context.ts";

/**
 * Requests that are counted together. Those with a proof of work are counted apart, so that a person whose
 * browser did the work is not part of a flood from the address they share.
 */
export type RefusalFlow = {
  /** Null for all addresses together. */
  addressKey: Uint8Array<ArrayBuffer> | null;
  hasProof: boolean;
};

/** Finds the rate that a flow exceeds, counting `expected` further requests too. Null if it exceeds none. */
export async function findExceededRate(
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
