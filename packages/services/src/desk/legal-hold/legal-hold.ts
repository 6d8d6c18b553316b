import { z } from "zod";
import { AnswerLift, HoldScope, PlaceHold, ProposeLift } from "@ringfence/core/desk/legal-hold";
import { LegalHoldId, LegalHoldLiftId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import {
  ServiceError,
  type TransactionContext,
  command,
  createId,
  holdLock,
  loadMemberNames,
  query,
  visibleSellerIds,
} from "../../platform/internal.ts";
import {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
  requireMemberId,
} from "../../account/member/internal.ts";

/**
 * Places a legal hold. From its commit on, no sweep removes and nobody erases what it is about. One officer is enough,
 * because a hold only keeps.
 */
export const placeHold = command({
  name: "placeHold",
  action: "legal-hold.place",
  forAllSellers: true,
  input: PlaceHold,
  run: async (ctx, { on, reason }): Promise<{ id: LegalHoldId; scope: HoldScope["scope"] }> => {
    const { db, organizationId, now: placedAt } = ctx;
    await holdLock(ctx, "legal-holds");
    await assertSubjectExists(ctx, on);
    const id = await createId(ctx, LegalHoldId);
    const placedBy = requireMemberId(ctx);
    await db.legalHold.create({ data: { organizationId, id, ...on, placedBy, placedAt } });
    await db.legalHoldReason.create({ data: { organizationId, id, holdId: id, text: reason } });
    return { id, scope: on.scope };
  },
  audit: ({ id: holdId, scope }) => ({ holdId, change: "placed", scope }),
  answer: ({ id }) => ({ id }),
});

async function assertSubjectExists({ db, organizationId }: TransactionContext, on: HoldScope) {
  const count = await countSubjects();
  if (count === 0) throw new ServiceError("not-found", { key: "legal-hold.subject-unknown" });

  function countSubjects() {
    switch (on.scope) {
      case "everything":
        return 1;
      case "contact":
        return db.contact.count({ where: { organizationId, id: on.contactId } });
      case "complaint":
        return db.complaint.count({ where: { organizationId, id: on.complaintId } });
      case "campaign":
        return db.campaign.count({ where: { organizationId, key: on.campaign } });
    }
  }
}

/** Proposes to lift a hold, which stays in force until another officer accepts. */
export const proposeLift = command({
  name: "proposeLift",
  action: "legal-hold.lift",
  stepUp: true,
  forAllSellers: true,
  input: ProposeLift,
  run: async (ctx, { holdId, reason }): Promise<{ id: LegalHoldLiftId }> => {
    const { db, organizationId, now: proposedAt } = ctx;
    await holdLock(ctx, "legal-holds");
    const hold = await db.legalHold.findFirst({
      where: { organizationId, id: holdId },
      include: { lifts: { include: { answer: true } } },
    });
    if (hold === null) throw new ServiceError("not-found", { key: "legal-hold.unknown" });
    if (hold.lifts.some(({ answer }) => answer?.isAccepted === true))
      throw new ServiceError("conflict", { key: "legal-hold.lifted" });
    if (hold.lifts.some(({ answer }) => answer === null))
      throw new ServiceError("conflict", { key: "legal-hold.lift-open" });
    const id = await createId(ctx, LegalHoldLiftId);
    const proposedBy = requireMemberId(ctx);
    await db.legalHoldLift.create({ data: { organizationId, id, holdId, proposedBy, proposedAt } });
    await db.legalHoldReason.create({ data: { organizationId, id, holdId, text: reason } });
    return { id };
  },
  audit: ({ id: liftId }, { holdId }) => ({ holdId, liftId, change: "lift proposed" }),
});

/**
 * Answers a proposal to lift a hold. Only an officer who is independent of the proposer accepts it, and then the next
 * sweep may remove again. Any officer may decline.
 */
export const answerLift = command({
  name: "answerLift",
  action: "legal-hold.lift",
  stepUp: true,
  forAllSellers: true,
  input: AnswerLift,
  run: async (ctx, { liftId, isAccepted }): Promise<{ holdId: string }> => {
    const { db, organizationId, now: answeredAt } = ctx;
    await holdLock(ctx, "legal-holds");
    const lift = await db.legalHoldLift.findFirst({
      where: { organizationId, id: liftId },
      include: { answer: true },
    });
    if (lift === null) throw new ServiceError("not-found", { key: "legal-hold.unknown" });
    if (lift.answer !== null)
      throw new ServiceError("conflict", { key: "legal-hold.lift-answered" });
    if (isAccepted) await assertIndependentReviewer(ctx, [{ id: lift.proposedBy }]);
    const answeredBy = requireMemberId(ctx);
    await db.legalHoldLiftAnswer.create({
      data: { organizationId, liftId, isAccepted, answeredBy, answeredAt },
    });
    return { holdId: lift.holdId };
  },
  audit: ({ holdId }, { liftId, isAccepted }) => ({
    holdId,
    liftId,
    change: isAccepted ? "lifted" : "lift declined",
  }),
  answer: () => {},
});

/** A legal hold for pages. */
export type HoldView = {
  id: LegalHoldId;
  on: HoldScope;
  /** Null if it was erased with a person, or is not for the reader. */
  reason: string | null;
  /** Member who placed it; null if they are no longer known. */
  by: string | null;
  at: Date;
  /** The open proposal to lift it. `acceptFault` says why the reader may not accept it; null if they may. */
  lift: {
    id: LegalHoldLiftId;
    reason: string | null;
    by: string | null;
    at: Date;
    acceptFault: Message | null;
  } | null;
  /** Null while it is in force. */
  liftedAt: Date | null;
};

/** Number of lifted holds that are listed. */
const MAX_LIFTED = 20;

/**
 * Lists the holds in force, and then lifted ones, up to `MAX_LIFTED`, each the last placed first. A hold may concern a
 * person, so showing holds counts as a read of personal data (decision 72). Reasons may name people of any seller:
 * members of some sellers do not see them.
 */
export const listHolds = query({
  name: "listHolds",
  action: "legal-hold.read",
  run: async (ctx): Promise<HoldView[]> => {
    const { db, organizationId } = ctx;
    const rows = await db.legalHold.findMany({
      where: { organizationId },
      include: { lifts: { include: { answer: true } }, reasons: true },
      orderBy: { id: "desc" },
    });
    const names = await loadMemberNames(
      ctx,
      rows.flatMap(({ placedBy, lifts }) => [
        placedBy,
        ...lifts.map(({ proposedBy }) => proposedBy),
      ]),
    );
    const review = await loadReviewFacts(ctx);
    const seesReasons = visibleSellerIds(ctx.actor) === null;
    const views = rows.map((row): HoldView => {
      const findReason = (id: string) =>
        seesReasons ? (row.reasons.find((one) => one.id === id)?.text ?? null) : null;
      const open = row.lifts.find(({ answer }) => answer === null);
      const accepted = row.lifts.find(({ answer }) => answer?.isAccepted === true);
      return {
        id: LegalHoldId.parse(row.id),
        on: readScope(row),
        reason: findReason(row.id),
        by: names.get(row.placedBy) ?? null,
        at: row.placedAt,
        lift:
          open === undefined
            ? null
            : {
                id: LegalHoldLiftId.parse(open.id),
                reason: findReason(open.id),
                by: names.get(open.proposedBy) ?? null,
                at: open.proposedAt,
                acceptFault: findReviewFault(ctx, review, [{ id: open.proposedBy }]),
              },
        liftedAt: accepted?.answer?.answeredAt ?? null,
      };
    });
    const [lifted, inForce] = [
      views.filter(({ liftedAt }) => liftedAt !== null),
      views.filter(({ liftedAt }) => liftedAt === null),
    ];
    return [...inForce, ...lifted.slice(0, MAX_LIFTED)];
  },
  audit: (holds) => (holds.length > 0 ? { listed: holds.length } : null),
});

const readScope = ({ scope, contactId, complaintId, campaign }: z.input<typeof StoredScope>) =>
  StoredScope.parse({ scope, contactId, complaintId, campaign });

const StoredScope = z
  .object({
    scope: z.string(),
    contactId: z.string().nullable(),
    complaintId: z.string().nullable(),
    campaign: z.string().nullable(),
  })
  .transform((row) =>
    HoldScope.parse(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))),
  );
