import {
  type RootContext,
  RunEnd,
  ServiceError,
  type StartedRun,
  type TransactionContext,
  appendAudit,
  command,
  endRun,
  inTransaction,
  startRun,
  toStoredActor,
  updateClaimedRun,
} from "../../platform/internal.ts";
import { CaptureFormSettings } from "@ringfence/core/consents/capture-form";
import { CaptureFormId } from "@ringfence/core/ids";
import { lockForm } from "./capture-form.ts";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import {
  CapturedEvidence,
  AnswerFormCheck,
  CheckAnswer,
  CheckResult,
  FormContext,
  type RenderedForm,
  checkForm,
  hashText,
} from "@ringfence/core/consents/form-check";
import { loadPublishedDisclosures } from "../disclosure/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { z } from "zod";
import { canonicalJson } from "@ringfence/core/people/jurisdiction";

/** Starts a check of the draft's page, or returns the check that is already running. */
export const requestFormCheck = command({
  name: "requestFormCheck",
  action: "capture-form.change",
  input: CaptureFormId,
  run: async (ctx, id): Promise<StartedRun> => {
    const { draft } = await lockForm(ctx, id);
    if (CaptureFormSettings.parse(draft).url === undefined) {
      throw new ServiceError("invalid", { key: "form.no-page" }, "/settings/url");
    }
    return startRun(ctx, "form.check", id);
  },
  audit: ({ isNew, runId }, formId) => (isNew ? { formId, runId } : null),
});

/** Context of a worker that has a browser. */
type BrowserContext = RootContext & { renderForm: (url: string) => Promise<RenderedForm> };

/**
 * Opens the page of a draft in a browser, and saves what the checks found in place of earlier results and answers.
 * Throws if the draft changed meanwhile, because the results then concern another page.
 */
export const checkCaptureForm = command({
  name: "checkCaptureForm",
  action: "capture-form.check",
  input: CaptureFormId,
  transaction: "by run",
  run: async (ctx: BrowserContext, id: CaptureFormId): Promise<CheckResult[]> => {
    const { url, context, law, draft } = await inTransaction(ctx, (ctx) =>
      loadPageToCheck(ctx, id),
    );
    // Runs outside a transaction, because a browser takes its time.
    const kept = law.keptBook === null ? [] : [law.keptBook];
    const results = checkForm(await ctx.renderForm(url), context, law.book, ...kept);
    return inTransaction(ctx, async (ctx) => {
      const { db, organizationId } = ctx;
      const updated = await db.$executeRaw`
      UPDATE capture_form SET checks = ${JSON.stringify(results)}::jsonb, answers = '[]'
      WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid
        AND draft = ${JSON.stringify(draft)}::jsonb`;
      if (updated === 0) throw new ServiceError("conflict", { key: "form.unchecked" });
      await appendAudit(ctx, "capture-form.check", { formId: id, checks: results.length });
      return results;
    });
  },
  audit: "by run",
});

/** Loads the page of a draft and the facts to check it by. Its first published text about advertising is the one checked. */
async function loadPageToCheck(ctx: TransactionContext, id: CaptureFormId) {
  const { draft } = await lockForm(ctx, id);
  const settings = CaptureFormSettings.parse(draft);
  if (settings.url === undefined) {
    throw new ServiceError("invalid", { key: "form.no-page" }, "/settings/url");
  }
  const published = await loadPublishedDisclosures(ctx, settings.disclosures);
  const disclosure = published.find((it) => it?.terms.asks === "advertising");
  if (!disclosure) throw new ServiceError("invalid", { key: "form.no-disclosure" });
  const sellers = await loadSellers(ctx);
  const legalName = sellers.find(({ id }) => id === disclosure.terms.seller)?.name ?? "";
  const context = toFormContext(settings, disclosure, legalName);
  return { url: settings.url, draft, context, law: await loadLaw(ctx) };
}

/**
 * Describes the facts behind every form of ours: `submit.ts` stores all evidence that is named here. What only the
 * company knows is left out, so that its officer is asked.
 */
const toFormContext = (
  { jurisdictions, name, confirmation, callLanguage }: CaptureFormSettings,
  { text, terms }: PublishedDisclosure,
  legalName: string,
): FormContext =>
  FormContext.parse({
    jurisdictions,
    seller: { legalName },
    channels: terms.channels,
    callLanguage,
    disclosureHash: hashText(text),
    captured: CapturedEvidence.options,
    isSignatureLogged: name === "signature",
    screenedBy: ["seller", "channel", "purpose"],
    transcript: null,
    ...(confirmation?.means === "sms" &&
      confirmation.isAsked && { verification: { method: "sms_code", text: "" } }),
  });

/**
 * Records an officer's answer where a check could not tell. It is signed together with the draft, so that an auditor can
 * tell which page it was about. The program does not verify the signature: a draft that is saved again loses its answers
 * (`draftCaptureForm`).
 */
export const answerFormCheck = command({
  name: "answerFormCheck",
  action: "capture-form.change",
  input: AnswerFormCheck,
  run: async (ctx, { formId, ...answer }) => {
    const { db, organizationId, keys, now, actor } = ctx;
    const form = await lockForm(ctx, formId);
    const { results } = parseChecks(form);
    if (!results?.some((result) => isQuestion(result, answer))) {
      throw new ServiceError("invalid", { key: "form.no-question" }, "/check");
    }
    const dated = { ...answer, at: now.toISOString(), by: toStoredActor(actor) };
    const signed = canonicalJson(["ringfence/form-answer@v1", formId, form.draft, dated]);
    const signature = Buffer.from(keys.permit.sign(Buffer.from(signed))).toString("base64url");
    const added = JSON.stringify([{ ...dated, key: keys.permit.id, signature }]);
    await db.$executeRaw`
      UPDATE capture_form SET answers = answers || ${added}::jsonb
      WHERE organization_id = ${organizationId}::uuid AND id = ${formId}::uuid`;
  },
  audit: (_, { formId, check }) => ({ formId, check }),
});

/** True if the check could not tell. It may be answered again: the last answer counts. */
const isQuestion = ({ check, finding }: CheckResult, answer: CheckAnswer) =>
  check === answer.check && finding.result === "cannot-tell";

/**
 * Ends the check of a form. Returns false if the form changed meanwhile, so that its page must be opened
 * again: requests made meanwhile were given this run.
 */
export const endFormCheck = command({
  name: "endFormCheck",
  action: "capture-form.check",
  input: RunEnd.extend({ formId: CaptureFormId }),
  run: async (ctx, { formId, ...end }): Promise<boolean> => {
    const { claim, error } = end;
    const isUnchecked =
      error?.key === "form.unchecked" ||
      (error === null && (await lockForm(ctx, formId)).checks === null);
    if (isUnchecked && (await updateClaimedRun(ctx, claim, { worker: claim.worker }))) return false;
    await endRun(ctx, end);
    return true;
  },
  // `requestFormCheck` and `checkCaptureForm` are audited.
  audit: "none",
});

/** A stored answer: who gave it, when, and its signature. */
const StoredAnswer = CheckAnswer.extend({
  at: z.iso.datetime(),
  by: z.looseObject({ id: z.string() }),
  key: z.string(),
  signature: z.base64url(),
});
type StoredAnswer = z.infer<typeof StoredAnswer>;

/** Parses the check results and the officers' answers of a form. `results` is null while its draft is unchecked. */
export const parseChecks = ({ checks, answers }: { checks: unknown; answers: unknown }) => ({
  results: checks === null ? null : z.array(CheckResult).parse(checks),
  answers: z.array(StoredAnswer).parse(answers),
});
