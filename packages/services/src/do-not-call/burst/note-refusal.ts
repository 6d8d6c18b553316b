import { RECEIPT_RATES } from "@ringfence/core/do-not-call/burst";
import type { TransactionContext } from "../../platform/context.ts";
import { findNetwork } from "../../platform/network/client-address.ts";
import { type Work, redeemWork } from "./challenge.ts";
import { markBurst } from "./mark-burst.ts";
import { type RefusalFlow, findExceededRate } from "./refusal-flow.ts";

/** A visitor of a public opt-out page, as far as we can tell. */
export type Visitor = {
  /** IP address. All invalid addresses count as one. */
  address: string;
  /** Work that their browser did while they typed; null without scripts. */
  work: Work | null;
};

type VisitorFlow = RefusalFlow & { addressKey: Uint8Array<ArrayBuffer> };

/** Returns the flow in which a visitor's request is counted. This uses up their proof of work. */
export async function findFlow(
  ctx: TransactionContext,
  { address, work }: Visitor,
): Promise<VisitorFlow> {
  const { keys, organizationId } = ctx;
  const network = findNetwork(address) ?? "unknown";
  return {
    addressKey: new Uint8Array(keys.mac(organizationId, "refusal address", network)),
    hasProof: work !== null && (await redeemWork(ctx, work)),
  };
}

/** True if so many requests came from the address this minute that this one gets no receipt. */
export const isBusy = async (ctx: TransactionContext, flow: RefusalFlow): Promise<boolean> =>
  (await findExceededRate(ctx, flow, RECEIPT_RATES, { expected: 1 })) !== null;

type Noted = { optOutId: string | null; isNew: boolean };

/** Records that an anonymous visitor typed a request, and adds it to its burst. */
export async function noteRefusal(
  ctx: TransactionContext,
  flow: VisitorFlow,
  { optOutId, isNew }: Noted,
): Promise<void> {
  const { db, organizationId, now } = ctx;
  const data = { organizationId, optOutId, isNew, ...flow, receivedAt: now };
  const { id } = await db.anonymousRefusal.create({ data });
  await markBurst(ctx, { refusalId: id, ...flow });
}
