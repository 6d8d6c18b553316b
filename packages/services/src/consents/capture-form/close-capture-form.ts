import { command } from "../../platform/verb.ts";
import { CaptureFormId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { lockForm } from "./lock-form.ts";

/** Stops a form: pages that are open can no longer send it. What it collected stays. */
export const closeCaptureForm = command({
  name: "closeCaptureForm",
  action: "capture-form.change",
  input: CaptureFormId,
  run: async (ctx, id) => {
    const { db, organizationId, now } = ctx;
    await lockForm(ctx, id);
    await db.captureForm.updateMany({
      where: { organizationId, id, closedAt: null },
      data: { closedAt: now },
    });
    await appendAudit(ctx, "capture-form.change", { formId: id, isClosed: true });
  },
  audit: "by run",
});
