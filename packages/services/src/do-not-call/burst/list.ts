import { sql } from "kysely";
import { z } from "zod";
import {
  type NamedActor,
  ServiceError,
  type TransactionContext,
  loadActorNames,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { BurstLiftingId, type OptOutId, RefusalBurstId } from "@ringfence/core/ids";
import { ListBursts, ReadBurst, findBurstLiftingFault } from "@ringfence/core/do-not-call/burst";
import type { Message } from "@ringfence/core/platform/message";
import { type BurstRowWithFacts, addBurstFacts, loadBurstRows } from "./opt-outs.ts";
import { findForgedCorrections } from "../../proof/record/internal.ts";
import { findReviewFault, loadReviewFacts } from "../../account/member/internal.ts";

const BURSTS_PER_PAGE = 20;

/** Lists bursts of opt-outs, newest first. They show no phone numbers, so reading them is not audited. */
export const listBursts = query({
  name: "listBursts",
  action: "opt-out.read",
  forAllSellers: true,
  input: ListBursts,
  run: async (ctx, { after }): Promise<{ items: BurstView[]; next: RefusalBurstId | null }> => {
    const { db, organizationId } = ctx;
    const rows = await db.refusalBurst.findMany({
      where: { organizationId, ...(after !== undefined && { id: { lt: after } }) },
      orderBy: { id: "desc" },
      select: { id: true },
      take: BURSTS_PER_PAGE + 1,
    });
    const ids = rows.slice(0, BURSTS_PER_PAGE).map(({ id }) => RefusalBurstId.parse(id));
    const next = rows.length > BURSTS_PER_PAGE ? (ids.at(-1) ?? null) : null;
    return { items: await loadBurstViews(ctx, ids), next };
  },
  audit: "none",
});

const OPT_OUTS_PER_PAGE = 50;

export type BurstOptOutView = {
  optOutId: OptOutId;
  phoneId: string;
  /** Null once it was erased. */
  phone: string | null;
  reference: string;
  receivedAt: Date;
  hasProof: boolean;
  /**
   * Reason why the last proposed lifting would not lift it now, which may be that it is lifted already; null if it
   * would. Without a proposal: why one that leaves out proofs of work would not.
   */
  stayReason: Message | null;
};

type BurstDetails = BurstView & { optOuts: readonly BurstOptOutView[]; next: string | null };

/** Loads one burst and the opt-outs that it created, starting after a cursor. */
export const readBurst = query({
  name: "readBurst",
  action: "opt-out.read",
  forAllSellers: true,
  input: ReadBurst,
  run: async (ctx, { id, after }): Promise<BurstDetails> => {
    const [burst] = await loadBurstViews(ctx, [id]);
    if (burst === undefined)
      throw new ServiceError("not-found", { key: "opt-out.burst-not-found" });
    const rows = await loadBurstRows(ctx, id, {
      after: after ?? null,
      limit: OPT_OUTS_PER_PAGE + 1,
    });
    const shown = await addBurstFacts(ctx, rows.slice(0, OPT_OUTS_PER_PAGE));
    const includesProof = burst.liftings[0]?.includesProof ?? false;
    return {
      ...burst,
      optOuts: await toBurstOptOutViews(ctx, shown, includesProof),
      next: rows.length > OPT_OUTS_PER_PAGE ? (shown.at(-1)?.refusalId ?? null) : null,
    };
  },
  audit: ({ optOuts }, { id: burstId }) => ({ burstId, optOuts: optOuts.length }),
});

async function toBurstOptOutViews(
  { db, organizationId }: TransactionContext,
  rows: readonly BurstRowWithFacts[],
  includesProof: boolean,
): Promise<BurstOptOutView[]> {
  const optOuts = await db.optOut.findMany({
    where: { organizationId, id: { in: rows.map(({ optOutId }) => optOutId) } },
    include: { phone: { select: { e164: true } } },
  });
  const byId = new Map(optOuts.map((optOut) => [optOut.id, optOut]));
  return rows.flatMap(({ optOutId, phoneId, hasProof, facts }) => {
    const optOut = byId.get(optOutId);
    if (optOut === undefined) return [];
    return {
      optOutId,
      phoneId,
      phone: optOut.phone.e164,
      reference: optOut.reference,
      receivedAt: optOut.recordedAt,
      hasProof,
      stayReason: findBurstLiftingFault(facts, { includesProof }),
    };
  });
}

/** A proposal to lift a burst, and its answer. */
export type BurstLiftingView = {
  id: BurstLiftingId;
  includesProof: boolean;
  /** Null once it was erased. */
  reason: string | null;
  proposedAt: Date;
  /** The proposer. */
  by: NamedActor | null;
  /** Reason why the reader may not accept it; null if they may. */
  acceptFault: Message | null;
  /** Null while it waits. */
  answer: { isAccepted: boolean; at: Date; by: NamedActor | null } | null;
};

/** More opt-outs on the public page than people make at once, probably sent by a machine. */
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

const BurstCounts = z.object({
  id: z.string(),
  firstAt: z.date(),
  refusals: z.int(),
  withProof: z.int(),
  recorded: z.int(),
  lifted: z.int(),
});
type BurstCounts = z.infer<typeof BurstCounts>;

/** Loads bursts as officers see them, newest first. */
async function loadBurstViews(
  ctx: TransactionContext,
  ids: readonly string[],
): Promise<BurstView[]> {
  const { db, organizationId } = ctx;
  const rows = await db.refusalBurst.findMany({
    where: { organizationId, id: { in: [...ids] } },
    include: { liftings: { include: { reasons: true, answers: true }, orderBy: { id: "desc" } } },
    orderBy: { id: "desc" },
  });
  const counts = await countRequests(ctx, ids);
  const reviewFacts = await loadReviewFacts(ctx);
  const nameActor = await loadActorNames(
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
    dismissed: dismissedAt && { at: dismissedAt, by: nameActor(dismissedBy) },
    liftings: liftings.map(({ reasons, answers: [answer], actor, ...lifting }) => ({
      id: BurstLiftingId.parse(lifting.id),
      includesProof: lifting.includesProof,
      reason: reasons[0]?.text ?? null,
      proposedAt: lifting.proposedAt,
      by: nameActor(actor),
      acceptFault: findReviewFault(ctx, reviewFacts, [actor]),
      answer: answer
        ? { isAccepted: answer.isAccepted, at: answer.answeredAt, by: nameActor(answer.actor) }
        : null,
    })),
  }));
}

async function countRequests(
  ctx: TransactionContext,
  ids: readonly string[],
): Promise<Map<string, BurstCounts>> {
  const { db, organizationId } = ctx;
  const forged = await findForgedCorrections(ctx);
  const rows = await selectRows(
    { db },
    BurstCounts,
    sql`
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
      AND answer.opt_out_id <> ALL (${forged}::uuid[])
    WHERE marked.organization_id = ${organizationId}::uuid AND burst_id = ANY (${[...ids]}::uuid[])
    GROUP BY burst_id`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
