import { RECEIPT_RATES } from "@ringfence/core/opt-out";
import type { TransactionContext } from "../context.ts";
import { networkOfAddress } from "../network/network-of-address.ts";
import { useWork, type Work } from "./challenge.ts";
import { markBurst } from "./mark-burst.ts";
import { findRatePassed, type RefusalFlow } from "./refusal-flow.ts";

/** Who refuses on a public page, as far as anybody can tell. */
export type Visitor = {
  /** An IP address; what is none counts as one address. */
  address: string;
  /** What their browser did while they typed; null without scripts. */
  work: Work | null;
};

type VisitorFlow = RefusalFlow & { addressKey: Uint8Array<ArrayBuffer> };

/** The refusals with which one of this visitor is counted. Their proof of work is used up by this. */
export async function findFlow(
  ctx: TransactionContext,
  { address, work }: Visitor,
): Promise<VisitorFlow> {
  const { keys, organizationId } = ctx;
  const network = networkOfAddress(address) ?? "unknown";
  return {
    addressKey: new Uint8Array(keys.mac(organizationId, "refusal address", network)),
    hasProof: work !== null && (await useWork(ctx, work)),
  };
}

/** Whether so many came from the address in this minute that this one is given no receipt. */
export const isBusy = async (ctx: TransactionContext, flow: RefusalFlow): Promise<boolean> =>
  (await findRatePassed(ctx, flow, RECEIPT_RATES, { expected: 1 })) !== null;

type Noted = { optOutId: string | null; isNew: boolean };

/** Puts on record that a refusal was typed by somebody whom nobody knows, and in which burst. */
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
