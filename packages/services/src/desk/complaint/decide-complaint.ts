import { sql } from "kysely";
import { z } from "zod";
import {
  AppealComplaint,
  DecideComplaint,
  WithdrawComplaint,
  findAnswerDeadline,
} from "@ringfence/core/desk/complaint";
import type { ComplaintId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import {
  ServiceError,
  type TransactionContext,
  command,
  holdLock,
  isStoredActor,
  selectRow,
  toStoredActor,
} from "../../platform/internal.ts";
import {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
} from "../../account/member/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { lockComplaint, lockOpenComplaint, recordEvent } from "./complaint-event.ts";
import { linkFoundCalls } from "./linked-calls.ts";
import { locatePerson } from "./locate-person.ts";

/**
 * Decides an open complaint, with the reasons. After an appeal, only an officer who made none of the decisions can, and
 * who is independent of those who did (`assertIndependentReviewer`).
 */
export const decideComplaint = command({
  name: "decideComplaint",
  action: "complaint.settle",
  input: DecideComplaint,
  run: async (ctx, { complaintId, decision, text }) => {
    await assertMayEnd(ctx, complaintId, await lockOpenComplaint(ctx, complaintId));
    await closeComplaint(ctx, complaintId, decision);
    await recordEvent(ctx, complaintId, { kind: "decided", details: { decision }, text });
  },
  audit: (_, { complaintId, decision }) => ({ complaintId, decision }),
});

/**
 * Ends an open complaint that the person takes back. An appeal can be ended only by an officer who may decide it.
 * Ending a complaint this way is not a decision: whoever did it may decide an appeal that follows.
 */
export const withdrawComplaint = command({
  name: "withdrawComplaint",
  action: "complaint.settle",
  input: WithdrawComplaint,
  run: async (ctx, { complaintId, text }) => {
    await assertMayEnd(ctx, complaintId, await lockOpenComplaint(ctx, complaintId));
    await closeComplaint(ctx, complaintId, "withdrawn");
    await recordEvent(ctx, complaintId, { kind: "withdrawn", text });
  },
  audit: (_, { complaintId }) => ({ complaintId, decision: "withdrawn" }),
});

/**
 * Opens a decided complaint again, with a new deadline, because the decision is not accepted. Calls that were logged
 * since the decision are linked. Its deadline is that of a complaint of the same day without an opt-out in it.
 */
export const appealComplaint = command({
  name: "appealComplaint",
  action: "complaint.handle",
  input: AppealComplaint,
  run: async (ctx, { complaintId, text }) => {
    const { organizationId, now } = ctx;
    await holdLock(ctx, "complaint-calls");
    const { decidedAt, phoneId } = await lockComplaint(ctx, complaintId);
    if (decidedAt === null) throw new ServiceError("conflict", { key: "complaint.not-decided" });
    const { zone, complaintDays: ownDays } = await loadOrganization(ctx);
    const { places, phoneIds } = await locatePerson(ctx, phoneId);
    const deadline = { receivedAt: now, places, isRefusal: false, zone, ownDays };
    const { dueAt, rule: dueRule } = findAnswerDeadline(deadline);
    const { searchFrom, searchUntil } = await selectRow(
      ctx,
      SearchRow,
      sql`
      UPDATE complaint SET decision = NULL, decided_at = NULL, decided_by = NULL,
        appealed_at = ${now}, due_at = ${dueAt}::timestamptz, due_rule = ${dueRule}
      WHERE organization_id = ${organizationId}::uuid AND id = ${complaintId}::uuid
      RETURNING search_from, search_until`,
    );
    const search = { from: searchFrom, until: searchUntil, near: searchUntil };
    const calls = await linkFoundCalls(ctx, complaintId, { phoneIds, search });
    await recordEvent(ctx, complaintId, { kind: "appealed", details: { calls }, text });
  },
  audit: (_, { complaintId }) => ({ complaintId, step: "appealed" }),
});

const SearchRow = z.object({ searchFrom: z.date(), searchUntil: z.date() });

/** Throws if the complaint was appealed, and another officer has to end it. Call it with the complaint locked. */
async function assertMayEnd(
  ctx: TransactionContext,
  complaintId: ComplaintId,
  { appealedAt }: { appealedAt: Date | null },
) {
  if (appealedAt === null) return;
  const deciders = await loadDeciders(ctx, complaintId);
  const fault = findOwnDecisionFault(ctx, deciders);
  if (fault) throw new ServiceError("conflict", fault);
  await assertIndependentReviewer(ctx, deciders);
}

const closeComplaint = (
  { db, organizationId, actor, now }: TransactionContext,
  complaintId: ComplaintId,
  decision: string,
) =>
  db.complaint.updateMany({
    where: { organizationId, id: complaintId },
    data: { decision, decidedAt: now, decidedBy: toStoredActor(actor) },
  });

/** Loads who decided a complaint or recorded that the person withdrew it, as their rows store them. */
async function loadDeciders(
  { db, organizationId }: TransactionContext,
  complaintId: ComplaintId,
): Promise<unknown[]> {
  const decisions = await db.complaintEvent.findMany({
    where: { organizationId, complaintId, kind: { in: ["decided", "withdrawn"] } },
    select: { actor: true },
  });
  return decisions.map(({ actor }) => actor);
}

const findOwnDecisionFault = (
  { actor }: TransactionContext,
  deciders: readonly unknown[],
): Message | null =>
  deciders.some((decider) => isStoredActor(actor, decider))
    ? { key: "complaint.appeal-needs-another" }
    : null;

/**
 * Explains why the acting member cannot end an appealed complaint: they decided on it before, or are not independent of
 * whoever did, as where two officers have to agree. Null if they can.
 */
export async function findAppealFault(
  ctx: TransactionContext,
  complaintId: ComplaintId,
  appealedAt: Date | null,
): Promise<Message | null> {
  if (appealedAt === null) return null;
  const deciders = await loadDeciders(ctx, complaintId);
  return (
    findOwnDecisionFault(ctx, deciders) ??
    findReviewFault(ctx, await loadReviewFacts(ctx), deciders)
  );
}
