import { CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import {
  CapturedEvidence,
  type CheckResult,
  FormContext,
  type RenderedForm,
  checkForm,
  textHash,
} from "@ringfence/core/consents/form-check";
import type { CaptureFormId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type RootContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { publishedDisclosures } from "../disclosure/published-disclosures.ts";
import { ServiceError } from "../../platform/errors.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { lockForm } from "./lock-form.ts";

/** Opens the page of a draft as a person meets it, and keeps what the checks found of it. */
export async function checkCaptureForm(
  ctx: RootContext,
  id: CaptureFormId,
  render: (url: string) => Promise<RenderedForm>,
): Promise<CheckResult[]> {
  allow(ctx, "capture-form.check");

  const { url, context, draft } = await inTransaction(ctx, (ctx) => prepare(ctx, id));
  // A browser takes its time, so that no transaction waits for it.
  const results = checkForm(await render(url), context);
  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const kept = await db.$executeRaw`
      UPDATE capture_form SET checks = ${JSON.stringify(results)}::jsonb, answers = '[]'
      WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
        AND draft = ${JSON.stringify(draft)}::jsonb`;
    if (kept === 0) throw new ServiceError("conflict", { key: "form.unchecked" });
    await appendAudit(ctx, "capture-form.check", { formId: id, checks: results.length });
    return results;
  });
}

async function prepare(ctx: TransactionContext, id: CaptureFormId) {
  const { draft } = await lockForm(ctx, id);
  const settings = CaptureFormSettings.parse(draft);
  if (settings.url === undefined) {
    throw new ServiceError("invalid", { key: "form.no-page" }, "/settings/url");
  }
  const published = await publishedDisclosures(ctx, settings.disclosures);
  const disclosure = published.find((it) => it?.terms.asks === "advertising");
  if (!disclosure) throw new ServiceError("invalid", { key: "form.no-disclosure" });
  const sellers = await sellersOf(ctx);
  const legalName = sellers.find(({ id }) => id === disclosure.terms.seller)?.name ?? "";
  return { url: settings.url, draft, context: contextOf(settings, disclosure, legalName) };
}

/** What stands behind every form of ours; what only the company knows, its officer is asked. */
const contextOf = (
  { jurisdictions, name, confirmation, callLanguage }: CaptureFormSettings,
  { text, terms }: PublishedDisclosure,
  legalName: string,
): FormContext =>
  FormContext.parse({
    jurisdictions,
    seller: { legalName },
    channels: terms.channels,
    callLanguage,
    disclosureHash: textHash(text),
    captured: CapturedEvidence.options,
    isSignatureLogged: name === "signature",
    screenedBy: ["seller", "channel", "purpose"],
    transcript: null,
    ...(confirmation?.means === "sms" &&
      confirmation.isAsked && { verification: { method: "sms_code", text: "" } }),
  });
