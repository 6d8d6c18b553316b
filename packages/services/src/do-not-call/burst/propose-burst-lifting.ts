import { command } from "../../platform/verb.ts";
import { BurstLiftingId } from "@ringfence/core/ids";
import { ProposeBurstLifting } from "@ringfence/core/do-not-call/burst";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { lockBurst } from "./lock-burst.ts";

/**
 * Proposes to lift the opt-outs of a burst. They stay in force until another officer accepts (contract 6).
 */
export const proposeBurstLifting = command({
  name: "proposeBurstLifting",
  action: "opt-out.correct",
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
        actor: actorOnRecord(actor),
        reasons: { create: { text: reason } },
      },
    });
    await appendAudit(ctx, "opt-out.correct", { burstId, liftingId: row.id });
    return { id: BurstLiftingId.parse(row.id) };
  },
  audit: "by run",
});
