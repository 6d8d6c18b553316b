import { command } from "../../platform/verb.ts";
import { DiscardMisread } from "@ringfence/core/do-not-call/opt-out";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/**
 * Lays aside what came for a refusal and names nobody, with the reason. It waits no more, and is kept with
 * the words that came, for nobody alone ends a refusal: any officer can take it up again.
 */
export const discardMisread = command({
  name: "discardMisread",
  action: "opt-out.mend",
  input: DiscardMisread,
  run: async (ctx, { id, reason }) => {
    const { db, organizationId, actor, now } = ctx;
    const { count } = await db.misreadOptOut.updateMany({
      where: { organizationId, id, discardedAt: null },
      data: { discardedAt: now, discardReason: reason, discardedBy: actorOnRecord(actor) },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "opt-out.misread-not-found" });
    await appendAudit(ctx, "opt-out.mend", { misreadId: id, discarded: reason });
  },
  audit: "by run",
});
