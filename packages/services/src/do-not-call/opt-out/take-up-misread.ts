import { command } from "../../platform/verb.ts";
import { TakeUpMisread } from "@ringfence/core/do-not-call/opt-out";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Takes up again what an officer has laid aside: it waits for a number as before. */
export const takeUpMisread = command({
  name: "takeUpMisread",
  action: "opt-out.mend",
  input: TakeUpMisread,
  run: async (ctx, { id }) => {
    const { db, organizationId } = ctx;
    const { count } = await db.misreadOptOut.updateMany({
      where: { organizationId, id, discardedAt: { not: null } },
      data: { discardedAt: null },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "opt-out.misread-not-discarded" });
    await appendAudit(ctx, "opt-out.mend", { misreadId: id, takenUp: true });
  },
  audit: "by run",
});
