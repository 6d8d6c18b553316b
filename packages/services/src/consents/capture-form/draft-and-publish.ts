import { command } from "../../platform/verb.ts";
import {
  CaptureFormKind,
  CaptureFormSettings,
  type Delivery,
  DraftCaptureForm,
  checkFaults,
  deliveryFaults,
  formFaults,
} from "@ringfence/core/consents/capture-form";
import { CaptureFormId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import type { Message } from "@ringfence/core/platform/message";
import { toStoredActor } from "../../platform/access/stored-actor.ts";
import { allow } from "../../platform/access/allow.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { publishedDisclosures } from "../disclosure/disclosure.ts";
import { archivedDisclosures } from "../disclosure/archive.ts";
import { checksOf } from "./check-page.ts";
import { shareLock } from "../../platform/lock/hold-lock.ts";
import { type FormRow, lockForm } from "./capture-form.ts";

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

/** The version by which it collects now, or all that stands against it. */
export type PublishedOrNot =
  | { version: number; faults?: never }
  | { faults: readonly Message[]; version?: never };

/**
 * Lets a form collect as its draft says. What it asked before stays on record as it was; its words are on
 * the ledger since they were published. `delivery` says what this installation can send.
 */
export async function publishCaptureForm(
  ctx: ServiceContext,
  id: CaptureFormId,
  delivery: Delivery,
): Promise<PublishedOrNot> {
  allow(ctx, "capture-form.change");

  return inTransaction(ctx, async (ctx) => {
    const form = await lockForm(ctx, id);
    const settings = CaptureFormSettings.parse(form.draft);
    const disclosures = await publishedDisclosures(ctx, settings.disclosures);
    const kind = CaptureFormKind.parse(form.kind);
    const { results, answers } = checksOf(form);
    const faults = [
      ...formFaults(settings, disclosures),
      ...(await archivedFaults(ctx, settings)),
      ...deliveryFaults(settings, delivery),
      ...checkFaults(kind, settings, results, answers),
    ];
    if (faults.length > 0) return { faults };

    const version = await insertVersion(ctx, id, form, settings);
    await appendAudit(ctx, "capture-form.change", { formId: id, version });
    return { version };
  });
}

/** Says which texts are archived. Keeps others from archiving one until the form is published. */
async function archivedFaults(
  ctx: TransactionContext,
  { disclosures }: CaptureFormSettings,
): Promise<Message[]> {
  await shareLock(ctx, "disclosures");
  const asked = new Set<string>(disclosures.map(({ id }) => id));
  const archived = await archivedDisclosures(ctx);
  return archived
    .filter(({ id }) => asked.has(id))
    .map(({ name }) => ({ key: "form.disclosure-archived", values: { name } }));
}

/** The form is locked, so that no other takes the same number. */
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
