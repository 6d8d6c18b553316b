import { isActor } from "../access/is-actor.ts";
import type { TransactionContext } from "../context.ts";
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
  const { db, organizationId, actor } = ctx;
  const open = await db.optOutCorrection.findMany({
    where: { organizationId, answers: { none: {} } },
    select: { actor: true, proposedAt: true },
    orderBy: { proposedAt: "asc" },
  });
  const others = open.filter((correction) => !isActor(actor, correction.actor));
  const [first] = others;
  if (first === undefined) return [];
  const [count, oldest] = [others.length, first.proposedAt];
  return [{ kind: "corrections-open", when: "today", count, oldest }];
}
