import { command } from "../../platform/verb.ts";
import { DraftCaptureForm } from "@ringfence/core/consents/capture-form";
import { CaptureFormId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";

/** Keeps a form as it is worked on. What was checked is another page now, so its checks go. */
export const draftCaptureForm = command({
  name: "draftCaptureForm",
  action: "capture-form.change",
  input: DraftCaptureForm,
  run: async (ctx, { id, name, kind, settings }): Promise<{ id: CaptureFormId }> => {
    const { db, organizationId, now } = ctx;
    const data = { name, kind, draft: settings, updatedAt: now };
    if (id === undefined) {
      const made = await db.captureForm.create({
        data: { organizationId, ...data, createdAt: now },
      });
      const formId = CaptureFormId.parse(made.id);
      await appendAudit(ctx, "capture-form.change", { formId });
      return { id: formId };
    }
    const { count } = await db.$queryRaw<[{ count: number }]>`
      WITH changed AS (
        UPDATE capture_form SET name = ${name}, kind = ${kind}, updated_at = ${now},
          draft = ${JSON.stringify(settings)}::jsonb, checks = NULL, answers = '[]'
        WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid RETURNING 1)
      SELECT count(*)::int AS count FROM changed`.then(([row]) => row);
    if (count === 0) throw new ServiceError("not-found", { key: "form.not-found" });
    await appendAudit(ctx, "capture-form.change", { formId: id });
    return { id };
  },
  audit: "by run",
});
