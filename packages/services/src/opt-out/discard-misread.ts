import type { DiscardMisread } from "@ringfence/core/opt-out";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/**
 * Takes away what came for a refusal and names nobody, with the reason: who did so, and why, stays in the
 * audit trail; the words that came do not. Which channel it was is kept beside, and when.
 */
export async function discardMisread(ctx: ServiceContext, { id, reason }: DiscardMisread) {
  allow(ctx, "opt-out.mend");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const where = { organizationId, id };
    const misread = await db.misreadOptOut.findFirst({ where });
    const { count: settled } = await db.misreadOptOut.deleteMany({ where });
    if (misread === null || settled === 0) {
      throw new ServiceError("not-found", { key: "opt-out.misread-not-found" });
    }
    const { channel, recordedAt } = misread;
    const told = { misreadId: id, discarded: reason, channel, cameAt: recordedAt.toISOString() };
    await appendAudit(ctx, "opt-out.mend", told);
  });
}
