import {
  AnswerRetention,
  type LawTerm,
  ProposeRetention,
  RetentionKind,
  type RetentionTerm,
  isLongEnough,
  listLawTerms,
  resolveTerms,
} from "@ringfence/core/desk/retention";
import { RetentionPolicyId } from "@ringfence/core/ids";
import { listBooks } from "@ringfence/core/people/jurisdiction";
import type { Message } from "@ringfence/core/platform/message";
import { sql } from "kysely";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  command,
  createId,
  holdLock,
  loadMemberNames,
  query,
  selectRows,
} from "../../platform/internal.ts";
import {
  assertIndependentReviewer,
  findReviewFault,
  loadReviewFacts,
  requireMemberId,
} from "../../account/member/internal.ts";
import { findToday, loadLaw } from "../../people/jurisdiction/internal.ts";

/** Loads what the law in force today says on how long records are kept. */
export async function loadLawTerms(ctx: TransactionContext): Promise<readonly LawTerm[]> {
  return listLawTerms(listBooks(await loadLaw(ctx)), [findToday(ctx)]);
}

/**
 * Proposes how long each kind of record is kept. The proposal is what an officer previews and another one publishes; it
 * never changes. A later proposal takes its place.
 */
export const proposeRetention = command({
  name: "proposeRetention",
  action: "retention.change",
  stepUp: true,
  forAllSellers: true,
  input: ProposeRetention,
  run: async (
    ctx,
    { terms: chosen, reason },
  ): Promise<{ id: RetentionPolicyId; kinds: number }> => {
    const { db, organizationId, now: proposedAt } = ctx;
    await holdLock(ctx, "retention");
    const { terms, faults } = resolveTerms(chosen, await loadLawTerms(ctx));
    const [fault] = faults;
    if (fault) throw new ServiceError("invalid-field", fault.message, toPath(fault));
    const id = await createId(ctx, RetentionPolicyId);
    const proposedBy = requireMemberId(ctx);
    await db.retentionPolicy.create({
      data: { organizationId, id, reason, proposedBy, proposedAt },
    });
    await db.retentionTerm.createMany({
      data: terms.map((term) => ({ organizationId, policyId: id, ...term })),
    });
    return { id, kinds: new Set(terms.map(({ kind }) => kind)).size };
  },
  audit: ({ id: policyId, kinds }) => ({ policyId, change: "proposed", kinds }),
  answer: ({ id }) => ({ id }),
});

const toPath = ({ kind, place }: { kind: string; place: string }) =>
  place === "" ? `/terms/${kind}` : `/terms/${kind}/${place}`;

/**
 * Answers the last proposal. Once an officer who is independent of the proposer publishes it, the next sweep removes by
 * it. Any officer may decline. One whose terms are shorter than the law by now cannot be published (`conflict`).
 */
export const answerRetention = command({
  name: "answerRetention",
  action: "retention.change",
  stepUp: true,
  forAllSellers: true,
  input: AnswerRetention,
  run: async (ctx, { policyId, isPublished, reason }): Promise<void> => {
    const { db, organizationId, now: answeredAt } = ctx;
    await holdLock(ctx, "retention");
    const policy = await db.retentionPolicy.findFirst({
      where: { organizationId, id: policyId },
      include: { answer: true, terms: true },
    });
    if (policy === null) throw new ServiceError("not-found", { key: "retention.policy-unknown" });
    const later = await db.retentionPolicy.count({
      where: { organizationId, id: { gt: policyId } },
    });
    if (later > 0) throw new ServiceError("conflict", { key: "retention.superseded" });
    if (policy.answer !== null) throw new ServiceError("conflict", { key: "retention.answered" });
    if (isPublished) {
      await assertIndependentReviewer(ctx, [{ id: policy.proposedBy }]);
      const law = await loadLawTerms(ctx);
      const terms = policy.terms.map(toTerm);
      if (!RetentionKind.options.every((kind) => isLongEnough(terms, law, kind)))
        throw new ServiceError("conflict", { key: "retention.law-changed" });
    }
    const answeredBy = requireMemberId(ctx);
    await db.retentionAnswer.create({
      data: { organizationId, policyId, isPublished, reason, answeredBy, answeredAt },
    });
  },
  audit: (_, { policyId, isPublished }) => ({
    policyId,
    change: isPublished ? "published" : "declined",
  }),
});

type TermRow = Omit<RetentionTerm, "kind"> & { kind: string };
/** Converts a stored term. */
export const toTerm = ({ kind, place, prefix, days, rule }: TermRow): RetentionTerm => ({
  kind: RetentionKind.parse(kind),
  place,
  prefix,
  days,
  rule,
});

/** Finds the policy that was published last; null if none was. */
export async function findPolicyInForce({ db, organizationId }: TransactionContext) {
  const [row] = await selectRows(
    { db },
    z.object({ id: RetentionPolicyId }),
    sql`
    SELECT policy_id AS id FROM retention_policy_in_force
    WHERE organization_id = ${organizationId}::uuid`,
  );
  return row?.id ?? null;
}

/** Loads the terms of the policy in force; null if none is, and everything is kept for good. */
export async function loadTermsInForce(
  ctx: TransactionContext,
): Promise<readonly RetentionTerm[] | null> {
  const policyId = await findPolicyInForce(ctx);
  if (policyId === null) return null;
  const rows = await ctx.db.retentionTerm.findMany({
    where: { organizationId: ctx.organizationId, policyId },
    orderBy: [{ kind: "asc" }, { place: "asc" }],
  });
  return rows.map(toTerm);
}

/** A policy for pages: in force, or proposed. */
export type PolicyView = {
  id: RetentionPolicyId;
  terms: readonly RetentionTerm[];
  reason: string;
  /** Member who proposed it; null if they are no longer known. */
  by: string | null;
  at: Date;
  /** Null until it is answered. */
  answer: { isPublished: boolean; by: string | null; at: Date } | null;
  /** Why the reader is not independent enough to publish it; null if they are. */
  publishFault: Message | null;
  /** Kinds for which the law requires more by now. Sweeps leave them alone. */
  tooShort: readonly RetentionKind[];
};

export type RetentionView = {
  inForce: PolicyView | null;
  /** The last proposal, if nobody has answered it. */
  proposed: PolicyView | null;
  law: readonly LawTerm[];
};

/** Shows the policy in force, the proposal that waits for another officer, and the terms of law. */
export const readRetention = query({
  name: "readRetention",
  action: "retention.read",
  run: async (ctx): Promise<RetentionView> => {
    const { db, organizationId } = ctx;
    const law = await loadLawTerms(ctx);
    const include = { terms: true, answer: true };
    const inForceId = await findPolicyInForce(ctx);
    const inForce =
      inForceId === null
        ? null
        : await db.retentionPolicy.findFirst({ where: { organizationId, id: inForceId }, include });
    const last = await db.retentionPolicy.findFirst({
      where: { organizationId },
      include,
      orderBy: { id: "desc" },
    });
    const proposed = last?.answer === null ? last : null;
    const policies = [inForce, proposed].filter((policy) => policy !== null);
    const names = await loadMemberNames(
      ctx,
      policies.flatMap(({ proposedBy, answer }) =>
        answer === null ? proposedBy : [proposedBy, answer.answeredBy],
      ),
    );
    const review = await loadReviewFacts(ctx);
    const toView = (policy: (typeof policies)[number]): PolicyView => {
      const terms = policy.terms.map(toTerm);
      return {
        id: RetentionPolicyId.parse(policy.id),
        terms,
        reason: policy.reason,
        by: names.get(policy.proposedBy) ?? null,
        at: policy.proposedAt,
        answer: policy.answer && {
          isPublished: policy.answer.isPublished,
          by: names.get(policy.answer.answeredBy) ?? null,
          at: policy.answer.answeredAt,
        },
        publishFault: findReviewFault(ctx, review, [{ id: policy.proposedBy }]),
        tooShort: RetentionKind.options.filter((kind) => !isLongEnough(terms, law, kind)),
      };
    };
    return { inForce: inForce && toView(inForce), proposed: proposed && toView(proposed), law };
  },
  audit: "none",
});
