import { sql } from "kysely";
import {
  INDEPENDENCE_DAYS,
  type MemberEvent,
  type ReviewConflict,
  type ReviewFacts,
  findReviewConflict,
} from "@ringfence/core/account/member";
import type { Message } from "@ringfence/core/platform/message";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  selectRows,
  toStoredActor,
} from "../../platform/internal.ts";
import { requireMemberId } from "./sessions.ts";

const MemberEventRow = z.object({
  memberId: z.string(),
  kind: z.enum(["added", "reset", "role", "confirmed"]),
  byId: z.string().nullable(),
  isShown: z.boolean(),
  at: z.date(),
});

const Proposer = z.object({ id: z.string() });

/**
 * Asserts that the acting member may accept what others proposed, where two people have to agree: a campaign, the
 * correction of an opt-out, an answer about a flood of opt-outs, a change of the law, and so on. Nobody accepts a
 * proposal of their own, nor one by somebody whose account they added or reset recently, or who did so to theirs
 * (`findReviewConflict`). Pass the proposers as stored in their rows. Call it in the transaction that accepts: a
 * member who was removed or given another role since the request began is refused too.
 */
export async function assertIndependentReviewer(
  ctx: TransactionContext,
  proposers: readonly unknown[],
): Promise<void> {
  await assertRoleUnchanged(ctx);
  const facts = await loadReviewFacts(ctx);
  const fault = findReviewFault(ctx, facts, proposers);
  if (fault) throw new ServiceError("forbidden", fault);
}

/** Loads the facts that `findReviewFault` needs. Once is enough for all proposals on a page. */
export async function loadReviewFacts({
  db,
  organizationId,
  now,
}: TransactionContext): Promise<ReviewFacts> {
  const members = await db.member.findMany({
    where: { organizationId },
    select: { id: true, email: true },
  });
  const rows = await selectRows(
    { db },
    MemberEventRow,
    sql`
    SELECT member_id AS "memberId", kind, is_shown AS "isShown", at,
      CASE actor->>'type' WHEN 'member' THEN actor->>'id' END AS "byId"
    FROM member_event WHERE organization_id = ${organizationId}::uuid`,
  );
  return { members, events: rows, at: now };
}

/** Explains why the acting member may not accept a proposal by these actors; null if they may. */
export function findReviewFault(
  { actor }: TransactionContext,
  facts: ReviewFacts,
  proposers: readonly unknown[],
): Message | null {
  if (actor.type !== "member") return { key: "error.members-only" };
  const proposerIds = proposers.map((proposer) => Proposer.parse(proposer).id);
  const conflict = findReviewConflict(facts, { proposerIds, reviewerId: actor.id });
  return conflict && explain(conflict);
}

function explain(conflict: ReviewConflict): Message {
  if (conflict.is === "own") return { key: "review.own" };
  const { until } = conflict;
  return until === null
    ? { key: "review.unconfirmed" }
    : { key: "review.linked", values: { until, days: INDEPENDENCE_DAYS } };
}

/**
 * Locks the acting member until the transaction ends, so that nobody resets, removes or changes them meanwhile. Throws
 * `forbidden` if they were removed, lost access or got another role since the request began. Actors without a row pass,
 * as in the demo.
 */
async function assertRoleUnchanged(ctx: TransactionContext): Promise<void> {
  const { db, organizationId, actor } = ctx;
  const id = requireMemberId(ctx);
  const rows = await selectRows(
    { db },
    z.object({ role: z.string(), hasEnded: z.boolean() }),
    sql`
    SELECT role::text, removed_at IS NOT NULL OR access_ended_at IS NOT NULL AS "hasEnded" FROM member
    WHERE organization_id = ${organizationId}::uuid AND id::text = ${id} FOR SHARE`,
  );
  const isChanged = rows.some(
    ({ role, hasEnded }) => hasEnded || (actor.type === "member" && role !== actor.role),
  );
  if (isChanged) throw new ServiceError("forbidden", { key: "review.no-more" });
}

/** `isShown` is true if the link to choose a password was shown to the actor instead of mailed to the member. */
type NewEvent = Pick<MemberEvent, "memberId" | "kind"> & { isShown?: boolean };

/** Records what was done to a member's account, so that independence can be judged later. */
export const recordMemberEvent = async (
  { db, organizationId, actor, now }: TransactionContext,
  { memberId, kind, isShown = false }: NewEvent,
): Promise<void> => {
  await db.memberEvent.create({
    data: { organizationId, memberId, kind, isShown, at: now, actor: toStoredActor(actor) },
  });
};
