import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { isWaiting } from "../../do-not-call/opt-out/tell-corrections.ts";
import type { Need } from "./need.ts";

/** What people wrote or said that may be a refusal: until somebody says so, nothing obeys it. */
export async function openQuestions({ db, organizationId }: TransactionContext): Promise<Need[]> {
  const { _count: count, _min: oldest } = await db.refusalQuestion.aggregate({
    where: { organizationId },
    _count: true,
    _min: { receivedAt: true },
  });
  if (oldest.receivedAt === null) return [];
  return [{ kind: "questions-open", when: "now", count, oldest: oldest.receivedAt }];
}

/** Complaints that nobody has settled. */
export async function openComplaints({ db, organizationId }: TransactionContext): Promise<Need[]> {
  const { _count: count, _min: oldest } = await db.complaint.aggregate({
    where: { organizationId, settledAt: null },
    _count: true,
    _min: { receivedAt: true },
  });
  if (oldest.receivedAt === null) return [];
  return [{ kind: "complaints-open", when: "today", count, oldest: oldest.receivedAt }];
}

/** Corrections that wait for another officer: those that the actor asked for are for others to answer. */
export async function openCorrections(ctx: TransactionContext): Promise<Need[]> {
  const { db, organizationId } = ctx;
  const { type, id } = actorOnRecord(ctx.actor);
  const isOwn = { AND: [{ actor: fieldIs("type", type) }, { actor: fieldIs("id", id) }] };
  const { _count: count, _min: oldest } = await db.optOutCorrection.aggregate({
    where: { organizationId, ...isWaiting, NOT: isOwn },
    _count: true,
    _min: { proposedAt: true },
  });
  if (oldest.proposedAt === null) return [];
  return [{ kind: "corrections-open", when: "today", count, oldest: oldest.proposedAt }];
}

export const fieldIs = (name: string, equals: string) => ({ path: [name], equals });
