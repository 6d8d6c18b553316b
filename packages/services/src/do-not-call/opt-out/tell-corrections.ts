import { OptOutCorrectionId, OptOutId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { type NamedActor, actorNames } from "../../platform/access/actor-names.ts";
import { isActor } from "../../platform/access/is-actor.ts";
import type { TransactionContext } from "../../platform/context.ts";
import {
  findReviewFault,
  loadReviewFacts,
} from "../../account/member/assert-independent-reviewer.ts";

/** What an officer asked for, and what it came to. */
export type CorrectionTold = {
  id: OptOutCorrectionId;
  optOutId: OptOutId;
  phoneId: string;
  /** The wrong number; null once it was erased. */
  phone: string | null;
  reference: string;
  /** Null once it was erased. */
  reason: string | null;
  /** The refusal of the right number, where somebody could tell. */
  replacement: { optOutId: OptOutId; phone: string | null; reference: string } | null;
  proposedAt: Date;
  by: NamedActor | null;
  /** True if the reader proposed it. */
  isOwn: boolean;
  /** Reason why the reader may not accept it; null if they may. */
  acceptFault: Message | null;
  answer: { isAccepted: boolean; at: Date; by: NamedActor | null } | null;
};

const MOST_LISTED = 50;

/** Nobody has answered yet. */
export const isWaiting = { answers: { none: {} } };

/** Of one refusal all, or of all refusals those that wait, and no more than a page; the last first. */
export async function tellCorrections(
  ctx: TransactionContext,
  { optOutId }: { optOutId: OptOutId | null },
): Promise<CorrectionTold[]> {
  const { db, organizationId } = ctx;
  const optOut = { select: { phoneId: true, reference: true, phone: { select: { e164: true } } } };
  const rows = await db.optOutCorrection.findMany({
    where: { organizationId, ...(optOutId ? { optOutId } : isWaiting) },
    include: { optOut, replacement: optOut, reasons: true, answers: true },
    orderBy: { id: "desc" },
    ...(optOutId === null && { take: MOST_LISTED }),
  });
  const facts = await loadReviewFacts(ctx);
  const nameOf = await actorNames(
    ctx,
    rows.flatMap(({ actor, answers }) => [actor, ...answers.map((answer) => answer.actor)]),
  );
  return rows.map(({ id, replacementId, replacement, optOut, answers: [answer], ...row }) => ({
    id: OptOutCorrectionId.parse(id),
    optOutId: OptOutId.parse(row.optOutId),
    phoneId: optOut.phoneId,
    phone: optOut.phone.e164,
    reference: optOut.reference,
    reason: row.reasons[0]?.text ?? null,
    replacement: replacement && {
      optOutId: OptOutId.parse(replacementId),
      phone: replacement.phone.e164,
      reference: replacement.reference,
    },
    proposedAt: row.proposedAt,
    by: nameOf(row.actor),
    isOwn: isActor(ctx.actor, row.actor),
    acceptFault: findReviewFault(ctx, facts, [row.actor]),
    answer: answer
      ? { isAccepted: answer.isAccepted, at: answer.answeredAt, by: nameOf(answer.actor) }
      : null,
  }));
}
