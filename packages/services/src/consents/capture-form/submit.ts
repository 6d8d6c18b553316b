import { type TransactionContext, appendAudit, command } from "../../platform/internal.ts";
import { z } from "zod";
import {
  type ConfirmationSettings,
  HostedFields,
  HostedPage,
  Submission,
  findSubmissionFaults,
} from "@ringfence/core/consents/capture-form";
import { type PublishedForm, requireFormActor, loadPublishedForm } from "./capture-form.ts";
import { type ReceivedForm, RequestFacts, captureConsents } from "./capture-consents.ts";
import { type FormToken, assertAllowedOrigin, assertValidToken, markTokenUsed } from "./token.ts";
import { type Fault, toFaults } from "@ringfence/core/platform/message";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { queueConfirmation } from "../confirmation/internal.ts";
import { createConsentReceiptLink } from "../consent/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";

/** A submission from a page of another site. `origin` is what its browser reports. */
const EmbeddedSubmission = RequestFacts.extend({
  submission: Submission,
  origin: z.string().nullable(),
});

/** Records a submission from a page of another site, which reports what it showed. */
export const submitEmbeddedForm = command({
  name: "submitEmbeddedForm",
  action: "consent.capture",
  input: EmbeddedSubmission,
  run: async (ctx, { origin, ...sent }): Promise<SubmissionResult> => {
    const form = await loadPublishedForm(ctx, requireFormActor(ctx));
    const placement = {
      type: "embedded",
      origin: assertAllowedOrigin(form.settings, origin),
    } as const;
    const token = assertValidToken(ctx, form, { text: sent.submission.token, shownOn: placement });
    return recordSubmission(ctx, form, { ...sent, token, placement });
  },
  audit: "by run",
});

/** A submission from the hosted page: its token and `page` from `openHostedForm`, and what was typed. */
const HostedSubmission = RequestFacts.extend({
  token: z.string(),
  page: z.string(),
  fields: z.unknown(),
});

/** Records a submission from the hosted page. What it showed is sealed in its token. */
export const submitHostedForm = command({
  name: "submitHostedForm",
  action: "consent.capture",
  input: HostedSubmission,
  run: async (
    ctx,
    { token: text, page: shown, fields: typed, ...seen },
  ): Promise<SubmissionResult> => {
    const form = await loadPublishedForm(ctx, requireFormActor(ctx));
    const token = assertValidToken(ctx, form, { text, shownOn: { type: "hosted", page: shown } });
    const page = HostedPage.parse(JSON.parse(shown));
    const fields = HostedFields.safeParse(typed);
    if (!fields.success) return { faults: toFaults(fields.error, typed) };

    const submission = buildSubmission({ form, page, token, fields: fields.data, now: ctx.now });
    const placement = { type: "hosted", origin: new URL(page.url).origin } as const;
    return recordSubmission(ctx, form, { ...seen, submission, token, placement });
  },
  audit: "by run",
});

type FilledHostedForm = {
  form: PublishedForm;
  page: HostedPage;
  token: FormToken;
  fields: HostedFields;
  now: Date;
};

/**
 * Builds the submission on the server, because the hosted page has no script that could measure time or the
 * window.
 */
function buildSubmission({ form, page, token, fields, now }: FilledHostedForm): Submission {
  const { disclosures, ...seen } = page;
  const { ticked, ...person } = fields;
  const isTicked = (id: string) => ticked.includes(id);
  return {
    ...person,
    token: token.id,
    issuedAt: token.issuedAt,
    elapsedMs: now.getTime() - token.issuedAt.getTime(),
    asked: disclosures.flatMap(({ id, version }) => {
      const asked = form.disclosures.find((it) => it.id === id && it.version === version);
      if (!asked) return [];
      return [{ id, version, text: asked.text, wasChecked: false, isChecked: isTicked(id) }];
    }),
    page: {
      ...seen,
      controls: [...listFields(form, person), ...listBoxes(disclosures, isTicked)],
      width: 0,
      height: 0,
    },
  };
}

const inputTypes = { phone: "tel", name: "text", email: "email" } as const;

function listFields({ settings }: PublishedForm, person: Omit<HostedFields, "ticked">) {
  const names = (["phone", "name", "email"] as const).filter(
    (name) => name === "phone" || settings[name] !== "none",
  );
  return names.map((name) => ({
    name,
    type: inputTypes[name],
    isFilled: (person[name] ?? "") !== "",
    isVisible: true,
  }));
}

const listBoxes = (disclosures: HostedPage["disclosures"], isTicked: (id: string) => boolean) =>
  disclosures.map(({ id }) => ({
    name: `box-${id}`,
    type: "checkbox",
    isChecked: isTicked(id),
    isVisible: true,
  }));

/**
 * Result of a submission. Nothing in it tells what is known about the number. `confirmation`: the message to
 * expect; `reference`: needed to answer with a code; `receipt`: link to the receipt, null while the consents wait
 * for an answer.
 */
export type SubmissionResult =
  | {
      confirmation: ConfirmationSettings | null;
      reference: string;
      receipt: string | null;
      faults?: never;
    }
  | { faults: readonly Fault[]; confirmation?: never; reference?: never; receipt?: never };

/**
 * Records the consents of a submitted form, once for each token, and queues the message to the person if the form sends
 * one. If they are asked to confirm, the consents wait for the answer. Records nothing, and leaves the token valid, if
 * there are faults.
 */
async function recordSubmission(
  ctx: TransactionContext,
  form: PublishedForm,
  received: ReceivedForm,
): Promise<SubmissionResult> {
  const { submission, placement, token } = received;
  const { origin } = placement;
  const expected = { ...form, origin, issuedAt: token.issuedAt, now: ctx.now };
  const faults = findSubmissionFaults(submission, expected);
  const read = await parseNumber(ctx, submission);
  if ("fault" in read) faults.push({ path: "/phone", message: read.fault });
  if (faults.length > 0 || "fault" in read) return { faults };

  await markTokenUsed(ctx, token);
  const { confirmation } = form.settings;
  const captured = await captureConsents(
    ctx,
    form,
    { ...received, phone: read.phone },
    { type: confirmation?.isAsked ? "requested" : "granted" },
  );
  const { id: reference } = await queueConfirmation(ctx, form, submission, captured);
  const { phoneId, consentIds } = captured;
  await appendAudit(ctx, "consent.capture", { phoneId, consents: consentIds.length });
  const [consent] = consentIds;
  const receipt = confirmation?.isAsked || !consent ? null : createConsentReceiptLink(ctx, consent);
  return { confirmation, reference, receipt };
}

async function parseNumber(
  ctx: TransactionContext,
  { phone, region }: Submission,
): Promise<{ phone: Phone } | { fault: Fault["message"] }> {
  return readPhone(phone, (region ?? (await loadOrganization(ctx)).homeRegion).toUpperCase());
}
