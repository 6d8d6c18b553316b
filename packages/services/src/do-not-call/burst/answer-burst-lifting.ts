import { command } from "../../platform/verb.ts";
import { type BurstLiftingId, RefusalBurstId } from "@ringfence/core/ids";
import { AnswerBurstLifting } from "@ringfence/core/do-not-call/burst";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { assertIndependentReviewer } from "../../account/member/assert-independent-reviewer.ts";
import { lockBurst } from "./lock-burst.ts";

/**
 * Answers a proposal to lift a burst. If an officer who is independent of the proposer accepts, a job lifts
 * whatever can be lifted, in batches. Any officer may reject, and then nothing changes (contract 6).
 */
export const answerBurstLifting = command({
  name: "answerBurstLifting",
  action: "opt-out.correct",
  input: AnswerBurstLifting,
  run: async (ctx, { id, isAccepted }): Promise<void> => {
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
    await db.burstLiftingAnswer.create({
      data: {
        organizationId,
        liftingId: id,
        isAccepted,
        answeredAt: now,
        actor: actorOnRecord(actor),
      },
    });
    await appendAudit(ctx, "opt-out.correct", { burstId, liftingId: id, isAccepted });
    if (isAccepted) await queueLifting(ctx, id);
  },
  audit: "by run",
});

async function queueLifting({ db, organizationId }: TransactionContext, id: BurstLiftingId) {
  await db.$executeRaw`
    SELECT graphile_worker.add_job('burst.lift',
      json_build_object('organizationId', ${organizationId}::uuid, 'liftingId', ${id}::uuid),
      job_key := 'burst.lift ' || ${id})`;
}
