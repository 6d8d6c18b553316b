import type { TransactionContext } from "../../platform/context.ts";
import { isFirst } from "./is-first.ts";

/** A request whose signature says nothing of what it holds: by whom and when, and what it is alone known by. */
export type SignedOnce = { provider: string; token: string; signedAt: Date };

const HOUR_MS = 3_600_000;
/** Mailgun tries for eight hours. */
const OLD_MS = 12 * HOUR_MS;
/** Clocks differ. */
const AHEAD_MS = HOUR_MS / 12;

/**
 * Whether what was signed is believed: `first`; `again`, which may only say what it has said; `old` where
 * nobody sends it any more. To be asked in the transaction that puts it on record, so that what was not put
 * on record can come again.
 */
export async function onceSigned(
  ctx: TransactionContext,
  { provider, token, signedAt }: SignedOnce,
): Promise<"first" | "again" | "old"> {
  const ageMs = ctx.now.getTime() - signedAt.getTime();
  // Not to be turned round: what has no time is neither.
  if (!(ageMs <= OLD_MS && ageMs >= -AHEAD_MS)) return "old";
  const isNew = await isFirst(ctx, { provider: `${provider} request`, externalId: token });
  return isNew ? "first" : "again";
}
