import type { OptOutId, PhoneId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { type RecordOptOut, readRefusal } from "@ringfence/core/do-not-call/opt-out";
import { mendText } from "@ringfence/core/platform/text";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { lastStatement } from "../../proof/statement/last-statement.ts";
import { appendOptOuts } from "./append-opt-outs.ts";
import { type ToldScope, toldScope } from "./told-scope.ts";

/** `reference` is to read aloud; `notes` say where what is on record is not what was sent. */
export type RefusalAnswer = {
  id: OptOutId;
  scope: ToldScope;
  effectiveAt: Date;
  reference: string;
  notes: readonly Message[];
  /** SD-JWT: a promise that they can hold against us, were the ledger to lack it. */
  receipt: string;
  /** True if it was recorded now; false if an opt-out in force already covered it. */
  isNew: boolean;
};

export type HowRecorded = {
  /** True if an opt-out in force for the same phone and scope is good enough as an answer. */
  isClick?: boolean;
  /** True if nobody knows who opts out. Every repeat is then recorded in `anonymous_refusal`. */
  isAnonymous?: boolean;
};

/** Puts a refusal on record for a phone, which may have been erased: it is obeyed all the same. */
export const recordRefusal = async (
  ctx: TransactionContext,
  phoneId: PhoneId,
  { channel, note, recording, ...said }: Omit<RecordOptOut, "phone" | "region">,
  { isClick = false, isAnonymous = false }: HowRecorded = {},
): Promise<RefusalAnswer> => {
  const known = { sellers: await sellersOf(ctx), purposes: await purposesOf(ctx) };
  const { scope, at, notes } = readRefusal(said, known, ctx.now);

  const optOut = {
    phoneId,
    scope,
    channel,
    at: isClick ? null : at,
    isClick,
    note: note && mendText(note),
    recording: recording && mendText(recording),
  };
  const [onRecord] = await appendOptOuts(ctx, [optOut]);
  if (!onRecord) throw new Error("a refusal was not put on record");
  const { id, reference, at: effectiveAt, isNew } = onRecord;
  await appendAudit(ctx, "opt-out.record", {
    phoneId,
    optOutId: id,
    isRepeat: isClick && !isNew,
    ...(isAnonymous && { isAnonymous }),
  });
  const receipt = await lastStatement(ctx, [id]);
  const told = toldScope(known.sellers, scope);
  return { id, scope: told, effectiveAt, reference, notes, receipt, isNew };
};
