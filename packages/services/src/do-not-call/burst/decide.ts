import {
  ServiceError,
  type TransactionContext,
  command,
  defineJob,
  enqueue,
  toStoredActor,
} from "../../platform/internal.ts";
import {
  AnswerBurstLifting,
  DismissBurst,
  ProposeBurstLifting,
} from "@ringfence/core/do-not-call/burst";
import { BurstLiftingId, RefusalBurstId } from "@ringfence/core/ids";
import { assertIndependentReviewer } from "../../account/member/internal.ts";
import { toLiftingMacText } from "./lift.ts";
import { listBurstOptOuts } from "./opt-outs.ts";

/**
 * Dismisses a burst that an officer has looked at: its opt-outs stay in force, and nobody is reminded of it
 * again.
 */
export const dismissBurst = command({
  name: "dismissBurst",
  action: "opt-out.correct",
  stepUp: true,
  input: DismissBurst,
  run: async (ctx, { id }): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    await lockBurst(ctx, id);
    await db.refusalBurst.updateMany({
      where: { organizationId, id, dismissedAt: null },
      data: { dismissedAt: now, dismissedBy: toStoredActor(actor) },
    });
  },
  audit: (_, { id: burstId }) => ({ burstId, isDismissed: true }),
});

/**
 * Proposes to lift the opt-outs of a burst. They stay in force until another officer accepts (contract 6).
 */
export const proposeBurstLifting = command({
  name: "proposeBurstLifting",
  action: "opt-out.correct",
  stepUp: true,
  input: ProposeBurstLifting,
  run: async (ctx, { id, reason, includesProof }): Promise<{ id: BurstLiftingId }> => {
    const { db, organizationId, actor, now } = ctx;
    const burstId = await lockBurst(ctx, id);
    const open = await db.burstLifting.count({
      where: { organizationId, burstId, answers: { none: {} } },
    });
    if (open > 0) throw new ServiceError("conflict", { key: "opt-out.burst-lifting-open" });
    const row = await db.burstLifting.create({
      data: {
        organizationId,
        burstId,
        includesProof,
        proposedAt: now,
        actor: toStoredActor(actor),
        reasons: { create: { text: reason } },
      },
    });
    return { id: BurstLiftingId.parse(row.id) };
  },
  audit: ({ id: liftingId }, { id: burstId }) => ({ burstId, liftingId }),
});

/**
 * Answers a proposal to lift a burst. If an officer who is independent of the proposer accepts, the answer names the
 * opt-outs that the burst had when it was proposed, and a job lifts those of them that can be lifted, in batches. Any
 * officer may reject, and then nothing changes (contract 6).
 */
export const answerBurstLifting = command({
  name: "answerBurstLifting",
  action: "opt-out.correct",
  stepUp: true,
  input: AnswerBurstLifting,
  run: async (ctx, { id, isAccepted }) => {
    const { db, organizationId, actor, now } = ctx;
    const lifting = await db.burstLifting.findFirst({ where: { organizationId, id } });
    if (lifting === null) {
      throw new ServiceError("not-found", { key: "opt-out.burst-lifting-not-found" });
    }
    const burstId = await lockBurst(ctx, RefusalBurstId.parse(lifting.burstId));
    const answered = await db.burstLiftingAnswer.count({
      where: { organizationId, liftingId: id },
    });
    if (answered > 0) throw new ServiceError("conflict", { key: "opt-out.burst-lifting-answered" });
    if (isAccepted) await assertIndependentReviewer(ctx, [lifting.actor]);
    const accepted = isAccepted ? await nameOptOuts(ctx, lifting) : {};
    await db.burstLiftingAnswer.create({
      data: {
        organizationId,
        liftingId: id,
        isAccepted,
        answeredAt: now,
        actor: toStoredActor(actor),
        ...accepted,
      },
    });
    if (isAccepted) await queueLifting(ctx, id);
    return { burstId };
  },
  audit: ({ burstId }, { id: liftingId, isAccepted }) => ({ burstId, liftingId, isAccepted }),
  answer: () => {},
});

/** Lists the opt-outs that are accepted, with the MAC that `liftBurst` asks for. */
async function nameOptOuts(
  ctx: TransactionContext,
  { id, burstId, includesProof, proposedAt }: BurstLifting,
) {
  // The officers have not seen what joined after the first of them proposed it.
  const acceptable = { until: proposedAt, includesProof };
  const optOutIds = await listBurstOptOuts(ctx, RefusalBurstId.parse(burstId), acceptable);
  const text = toLiftingMacText({ liftingId: BurstLiftingId.parse(id), optOutIds });
  return { optOutIds, mac: ctx.keys.mac(ctx.organizationId, "burst lifting", text) };
}

type BurstLifting = { id: string; burstId: string; includesProof: boolean; proposedAt: Date };

/** Lifts the opt-outs of a burst. */
export const liftBurstJob = defineJob("burst.lift", { liftingId: BurstLiftingId });

const queueLifting = (ctx: TransactionContext, id: BurstLiftingId) =>
  enqueue(ctx, liftBurstJob, { liftingId: id }, { key: `${liftBurstJob.name} ${id}` });

/**
 * Locks a burst until the transaction ends, so that of two officers who decide at once the second sees the
 * decision of the first.
 */
async function lockBurst(
  { db, organizationId }: TransactionContext,
  id: RefusalBurstId,
): Promise<RefusalBurstId> {
  const row = await db.$kysely
    .selectFrom("refusalBurst")
    .select("id")
    .where("organizationId", "=", organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new ServiceError("not-found", { key: "opt-out.burst-not-found" });
  return RefusalBurstId.parse(row.id);
}
