import { command } from "../../platform/verb.ts";
import { DismissBurst } from "@ringfence/core/do-not-call/burst";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { lockBurst } from "./lock-burst.ts";

/**
 * Dismisses a burst that an officer has looked at: its opt-outs stay in force, and nobody is reminded of it
 * again.
 */
export const dismissBurst = command({
  name: "dismissBurst",
  action: "opt-out.correct",
  input: DismissBurst,
  run: async (ctx, { id }): Promise<void> => {
    const { db, organizationId, actor, now } = ctx;
    await lockBurst(ctx, id);
    await db.refusalBurst.updateMany({
      where: { organizationId, id, dismissedAt: null },
      data: { dismissedAt: now, dismissedBy: actorOnRecord(actor) },
    });
    await appendAudit(ctx, "opt-out.correct", { burstId: id, isDismissed: true });
  },
  audit: "by run",
});
