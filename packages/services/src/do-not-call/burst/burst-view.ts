import { BurstLiftingId, RefusalBurstId } from "@ringfence/core/ids";
import { type NamedActor, actorNames } from "../../platform/access/actor-names.ts";
import type { Message } from "@ringfence/core/platform/message";
import type { TransactionContext } from "../../platform/context.ts";
import {
  findReviewFault,
  loadReviewFacts,
} from "../../account/member/assert-independent-reviewer.ts";

/** A proposal to lift a burst, and its answer. */
export type BurstLiftingView = {
  id: BurstLiftingId;
  includesProof: boolean;
  /** Null once it was erased. */
  reason: string | null;
  proposedAt: Date;
  by: NamedActor | null;
  /** Reason why the reader may not accept it; null if they may. */
  acceptFault: Message | null;
  answer: { isAccepted: boolean; at: Date; by: NamedActor | null } | null;
};

export type BurstView = {
  id: RefusalBurstId;
  /** `many` if the requests came from so many addresses that only their number shows a burst. */
  addresses: "one" | "many";
  firstAt: Date;
  lastAt: Date;
  /** Number of requests, including repeats and unreadable numbers. */
  refusals: number;
  /** Requests that came with a proof of work. */
  withProof: number;
  /** Opt-outs that the requests created. The other requests repeated one, or had no valid number. */
  recorded: number;
  /** Recorded opt-outs that were lifted since. */
  lifted: number;
  dismissed: { at: Date; by: NamedActor | null } | null;
  /** Newest first. */
  liftings: readonly BurstLiftingView[];
};

type Counts = {
  id: string;
  firstAt: Date;
  refusals: number;
  withProof: number;
  recorded: number;
  lifted: number;
};

/** Loads bursts as officers see them, newest first. */
export async function viewBursts(
  ctx: TransactionContext,
  ids: readonly string[],
): Promise<BurstView[]> {
  const { db, organizationId } = ctx;
  const rows = await db.refusalBurst.findMany({
    where: { organizationId, id: { in: [...ids] } },
    include: { liftings: { include: { reasons: true, answers: true }, orderBy: { id: "desc" } } },
    orderBy: { id: "desc" },
  });
  const counts = await countRefusals(ctx, ids);
  const reviewFacts = await loadReviewFacts(ctx);
  const nameOf = await actorNames(
    ctx,
    rows.flatMap(({ dismissedBy, liftings }) => [
      dismissedBy,
      ...liftings.flatMap(({ actor, answers }) => [actor, ...answers.map((one) => one.actor)]),
    ]),
  );
  return rows.map(({ id, addressKey, dismissedAt, dismissedBy, liftings, ...row }) => ({
    id: RefusalBurstId.parse(id),
    addresses: addressKey === null ? "many" : "one",
    firstAt: counts.get(id)?.firstAt ?? row.openedAt,
    lastAt: row.lastAt,
    refusals: counts.get(id)?.refusals ?? 0,
    withProof: counts.get(id)?.withProof ?? 0,
    recorded: counts.get(id)?.recorded ?? 0,
    lifted: counts.get(id)?.lifted ?? 0,
    dismissed: dismissedAt && { at: dismissedAt, by: nameOf(dismissedBy) },
    liftings: liftings.map(({ reasons, answers: [answer], actor, ...lifting }) => ({
      id: BurstLiftingId.parse(lifting.id),
      includesProof: lifting.includesProof,
      reason: reasons[0]?.text ?? null,
      proposedAt: lifting.proposedAt,
      by: nameOf(actor),
      acceptFault: findReviewFault(ctx, reviewFacts, [actor]),
      answer: answer
        ? { isAccepted: answer.isAccepted, at: answer.answeredAt, by: nameOf(answer.actor) }
        : null,
    })),
  }));
}

async function countRefusals(
  { db, organizationId }: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, Counts>> {
  const rows = await db.$queryRaw<Counts[]>`
    SELECT burst_id AS id, min(received_at) AS "firstAt", count(*)::int AS refusals,
      count(*) FILTER (WHERE has_proof)::int AS "withProof",
      count(*) FILTER (WHERE is_new AND refusal.opt_out_id IS NOT NULL)::int AS recorded,
      count(answer.correction_id) FILTER (WHERE is_new)::int AS lifted
    FROM burst_refusal AS marked
    JOIN anonymous_refusal AS refusal ON refusal.organization_id = marked.organization_id
      AND refusal.id = marked.refusal_id
    LEFT JOIN opt_out_correction_answer AS answer
      ON answer.organization_id = refusal.organization_id
      AND answer.opt_out_id = refusal.opt_out_id AND answer.is_accepted
    WHERE marked.organization_id = ${organizationId}::uuid AND burst_id = ANY (${[...ids]}::uuid[])
    GROUP BY burst_id`;
  return new Map(rows.map((row) => [row.id, row]));
}
