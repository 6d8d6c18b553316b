import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { ComplaintId } from "@ringfence/core/ids";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Somebody says that a complaint is dealt with; of two at once, one. */
export const settleComplaint = command({
  name: "settleComplaint",
  action: "complaint.settle",
  input: z.custom<{ id: ComplaintId }>(),
  run: async (ctx, { id }) => {
    const { db, organizationId, now, actor } = ctx;
    const { count } = await db.complaint.updateMany({
      where: { organizationId, id, settledAt: null },
      data: { settledAt: now, settledBy: actorOnRecord(actor) },
    });
    if (count === 0) throw new ServiceError("not-found", { key: "complaint.not-found" });
    await appendAudit(ctx, "complaint.settle", { complaintId: id });
  },
  audit: "by run",
});
