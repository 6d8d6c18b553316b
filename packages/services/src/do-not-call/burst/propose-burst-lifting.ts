import { BurstLiftingId } from "@ringfence/core/ids";
import type { ProposeBurstLifting } from "@ringfence/core/do-not-call/opt-out";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockBurst } from "./lock-burst.ts";

/**
 * Proposes to lift the opt-outs of a burst. They stay in force until another officer accepts (contract 6).
 */
export async function proposeBurstLifting(
  ctx: ServiceContext,
  { id, reason, includesProof }: ProposeBurstLifting,
): Promise<{ id: BurstLiftingId }> {
  allow(ctx, "opt-out.correct");

  return inTransaction(ctx, async (ctx) => {
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
        actor: actorOnRecord(actor),
        reasons: { create: { text: reason } },
      },
    });
    await appendAudit(ctx, "opt-out.correct", { burstId, liftingId: row.id });
    return { id: BurstLiftingId.parse(row.id) };
  });
}
