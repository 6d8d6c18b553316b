import type { CaptureFormId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { lockForm } from "./lock-form.ts";

/** Stops a form: pages that are open can no longer send it. What it collected stays. */
export async function closeCaptureForm(ctx: ServiceContext, id: CaptureFormId) {
  allow(ctx, "capture-form.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    await lockForm(ctx, id);
    await db.captureForm.updateMany({
      where: { organizationId, id, closedAt: null },
      data: { closedAt: now },
    });
    await appendAudit(ctx, "capture-form.change", { formId: id, isClosed: true });
  });
}
