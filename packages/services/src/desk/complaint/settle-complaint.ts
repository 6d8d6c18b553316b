import type { ComplaintId } from "@ringfence/core/ids";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Somebody says that a complaint is dealt with; of two at once, one. */
export async function settleComplaint(ctx: ServiceContext, { id }: { id: ComplaintId }) {
  allow(ctx, "complaint.settle");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now, actor } = ctx;
    const { count } = await db.complaint.updateMany({
      where: { organizationId, id, settledAt: null },
      data: { settledAt: now, settledBy: actorOnRecord(actor) },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "complaint.not-found" });
    await appendAudit(ctx, "complaint.settle", { complaintId: id });
  });
}
