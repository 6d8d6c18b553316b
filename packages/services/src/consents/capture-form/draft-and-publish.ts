import {
  ServiceError,
  type TransactionContext,
  command,
  shareLock,
  toStoredActor,
} from "../../platform/internal.ts";
import {
  CaptureFormKind,
  CaptureFormSettings,
  DraftCaptureForm,
  PublishCaptureForm,
  findCheckFaults,
  findDeliveryFaults,
  findFormFaults,
} from "@ringfence/core/consents/capture-form";
import { CaptureFormId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { loadArchivedDisclosures, loadPublishedDisclosures } from "../disclosure/internal.ts";
import { parseChecks } from "./check-page.ts";
import { type FormRow, lockForm } from "./capture-form.ts";

/** Saves the draft of a form, and discards its check results and the officers' answers: the page may be another. */
export const draftCaptureForm = command({
  name: "draftCaptureForm",
  action: "capture-form.change",
  input: DraftCaptureForm,
  run: async (ctx, { id, name, kind, settings }): Promise<{ id: CaptureFormId }> => {
    const { db, organizationId, now } = ctx;
    const data = { name, kind, draft: settings, updatedAt: now };
    if (id === undefined) {
      const created = await db.captureForm.create({
        data: { organizationId, ...data, createdAt: now },
      });
      return { id: CaptureFormId.parse(created.id) };
    }
    const count = await db.$executeRaw`
      UPDATE capture_form SET name = ${name}, kind = ${kind}, updated_at = ${now},
        draft = ${JSON.stringify(settings)}::jsonb, checks = NULL, answers = '[]'
      WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
    if (count === 0) throw new ServiceError("not-found", { key: "form.not-found" });
    return { id };
  },
  audit: ({ id: formId }) => ({ formId }),
});

/** Number of the published version, or the faults that keep it from being published. */
export type PublishCaptureFormResult =
  | { version: number; faults?: never }
  | { faults: readonly Message[]; version?: never };

/**
 * Publishes the draft of a form, which then collects consents, even if it was closed before. Earlier versions stay
 * on record. Changes nothing if there are faults. `delivery` says which messages this installation can send.
 */
export const publishCaptureForm = command({
  name: "publishCaptureForm",
  action: "capture-form.change",
  input: PublishCaptureForm,
  run: async (ctx, { formId: id, delivery }): Promise<PublishCaptureFormResult> => {
    const form = await lockForm(ctx, id);
    const settings = CaptureFormSettings.parse(form.draft);
    const disclosures = await loadPublishedDisclosures(ctx, settings.disclosures);
    const kind = CaptureFormKind.parse(form.kind);
    const { results, answers } = parseChecks(form);
    const faults = [
      ...findFormFaults(settings, disclosures),
      ...(await findArchivedFaults(ctx, settings)),
      ...findDeliveryFaults(settings, delivery),
      ...findCheckFaults(kind, settings, results, answers),
    ];
    if (faults.length > 0) return { faults };

    return { version: await insertVersion(ctx, id, form, settings) };
  },
  audit: ({ version }, { formId }) => (version === undefined ? null : { formId, version }),
});

/** Lists the archived texts of the form. Holds a shared lock, so that none is archived before publication. */
async function findArchivedFaults(
  ctx: TransactionContext,
  { disclosures }: CaptureFormSettings,
): Promise<Message[]> {
  await shareLock(ctx, "disclosures");
  const asked = new Set<string>(disclosures.map(({ id }) => id));
  const archived = await loadArchivedDisclosures(ctx);
  return archived
    .filter(({ id }) => asked.has(id))
    .map(({ name }) => ({ key: "form.disclosure-archived", values: { name } }));
}

/** Inserts the next version and opens the form. The caller has locked it, so that the number is free. */
async function insertVersion(
  { db, organizationId, now, actor }: TransactionContext,
  formId: CaptureFormId,
  { name, kind, checks, answers }: FormRow,
  settings: CaptureFormSettings,
) {
  const before = await db.captureFormVersion.count({ where: { organizationId, formId } });
  const version = before + 1;
  await db.$executeRaw`
    INSERT INTO capture_form_version
      (organization_id, form_id, version, name, kind, settings, checks, answers, published_at, actor)
    VALUES (${organizationId}::uuid, ${formId}::uuid, ${version}, ${name}, ${kind},
      ${JSON.stringify(settings)}::jsonb, ${checks && JSON.stringify(checks)}::jsonb,
      ${JSON.stringify(answers)}::jsonb, ${now}, ${JSON.stringify(toStoredActor(actor))}::jsonb)`;
  await db.captureForm.updateMany({
    where: { organizationId, id: formId },
    data: { closedAt: null },
  });
  return version;
}

/** Closes a form. Pages that are open can no longer submit it; recorded consents stay. Safe to repeat. */
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
  },
  audit: (_, formId) => ({ formId, isClosed: true }),
});
