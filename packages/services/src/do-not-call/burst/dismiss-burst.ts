import type { DismissBurst } from "@ringfence/core/do-not-call/opt-out";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { lockBurst } from "./lock-burst.ts";

/**
 * Dismisses a burst that an officer has looked at: its opt-outs stay in force, and nobody is reminded of it
 * again.
 */
export async function dismissBurst(ctx: ServiceContext, { id }: DismissBurst): Promise<void> {
  allow(ctx, "opt-out.correct");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, actor, now } = ctx;
    await lockBurst(ctx, id);
    await db.refusalBurst.updateMany({
      where: { organizationId, id, dismissedAt: null },
      data: { dismissedAt: now, dismissedBy: actorOnRecord(actor) },
    });
    await appendAudit(ctx, "opt-out.correct", { burstId: id, isDismissed: true });
  });
}
