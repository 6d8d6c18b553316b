import type { TakeUpMisread } from "@ringfence/core/do-not-call/opt-out";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Takes up again what an officer has laid aside: it waits for a number as before. */
export async function takeUpMisread(ctx: ServiceContext, { id }: TakeUpMisread) {
  allow(ctx, "opt-out.mend");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const { count } = await db.misreadOptOut.updateMany({
      where: { organizationId, id, discardedAt: { not: null } },
      data: { discardedAt: null },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "opt-out.misread-not-discarded" });
    await appendAudit(ctx, "opt-out.mend", { misreadId: id, takenUp: true });
  });
}
