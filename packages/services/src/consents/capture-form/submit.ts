import { command } from "../../platform/verb.ts";
import { z } from "zod";
import {
  type ConfirmationSettings,
  HostedFields,
  HostedPage,
  type Submission,
  submissionFaults,
} from "@ringfence/core/consents/capture-form";
import { type PublishedForm, actingForm, publishedForm } from "./capture-form.ts";
import { type FormToken, originOfForm, requireToken, spend } from "./token.ts";
import { type Fault, toFaults } from "@ringfence/core/platform/message";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { askOrTell } from "../confirmation/queue-within-limits.ts";
import { writeConsentReceipt } from "../consent/receipt.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { loadOrganization } from "../../account/organization/organization.ts";
import { type Received, type SeenOfSender, captureConsents } from "./capture-consents.ts";

/** A submission from a page of another site; `origin` is what its browser reports. */
type Sent = SeenOfSender & { submission: Submission; origin: string | null };

/** Takes a form that stands in a page of another site: what it showed, that page says. */
export const takeSubmission = command({
  name: "takeSubmission",
  action: "consent.capture",
  input: z.custom<Sent>(),
  run: async (ctx, { origin: named, ...sent }): Promise<Taken> => {
    const form = await publishedForm(ctx, actingForm(ctx));
    const placement = { type: "embedded", origin: originOfForm(form.settings, named) } as const;
    const token = requireToken(ctx, form, { text: sent.submission.token, shownOn: placement });
    return recordSubmission(ctx, form, { ...sent, token, placement });
  },
  audit: "by run",
});

/** A submission from the hosted page: its token and `page` from `openHostedForm`, and what was typed. */
type SentByHostedForm = SeenOfSender & { token: string; page: string; fields: unknown };

/** Takes a form from its own page: what that showed, its token fixed. */
export const takeHostedSubmission = command({
  name: "takeHostedSubmission",
  action: "consent.capture",
  input: z.custom<SentByHostedForm>(),
  run: async (ctx, { token: text, page: shown, fields: typed, ...seen }): Promise<Taken> => {
    const form = await publishedForm(ctx, actingForm(ctx));
    const token = requireToken(ctx, form, { text, shownOn: { type: "hosted", page: shown } });
    const page = HostedPage.parse(JSON.parse(shown));
    const fields = HostedFields.safeParse(typed);
    if (!fields.success) return { faults: toFaults(fields.error, typed) };

    const submission = buildSubmission({ form, page, token, fields: fields.data, now: ctx.now });
    const placement = { type: "hosted", origin: new URL(page.url).origin } as const;
    return recordSubmission(ctx, form, { ...seen, submission, token, placement });
  },
  audit: "by run",
});

type Filled = {
  form: PublishedForm;
  page: HostedPage;
  token: FormToken;
  fields: HostedFields;
  now: Date;
};

/** The page has no script that could count time or look at the window: the server counts. */
function buildSubmission({ form, page, token, fields, now }: Filled): Submission {
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
      controls: [...fieldsOn(form, person), ...boxesOn(disclosures, isTicked)],
      width: 0,
      height: 0,
    },
  };
}

const types = { phone: "tel", name: "text", email: "email" } as const;

function fieldsOn({ settings }: PublishedForm, person: Omit<HostedFields, "ticked">) {
  const names = (["phone", "name", "email"] as const).filter(
    (name) => name === "phone" || settings[name] !== "none",
  );
  return names.map((name) => ({
    name,
    type: types[name],
    isFilled: (person[name] ?? "") !== "",
    isVisible: true,
  }));
}

const boxesOn = (disclosures: HostedPage["disclosures"], isTicked: (id: string) => boolean) =>
  disclosures.map(({ id }) => ({
    name: `box-${id}`,
    type: "checkbox",
    isChecked: isTicked(id),
    isVisible: true,
  }));

/**
 * Nothing in it depends on the number. `confirmation`: what the person has to expect; `reference`: by
 * which a code that they are sent is answered; `receipt`: a link that opens what they keep, null while
 * the consents wait for an answer.
 */
export type Taken =
  | {
      confirmation: ConfirmationSettings | null;
      reference: string;
      receipt: string | null;
      faults?: never;
    }
  | { faults: readonly Fault[]; confirmation?: never; reference?: never; receipt?: never };

/**
 * Puts on record what a person agreed to by a form, once for each token. Asked back, the consents wait
 * for the answer.
 */
async function recordSubmission(
  ctx: TransactionContext,
  form: PublishedForm,
  received: Received,
): Promise<Taken> {
  const { submission, placement, token } = received;
  const world = { ...form, origin: placement.origin, issuedAt: token.issuedAt, now: ctx.now };
  const faults = submissionFaults(submission, world);
  const read = await readNumber(ctx, submission);
  if ("fault" in read) faults.push({ path: "/phone", message: read.fault });
  if (faults.length > 0 || "fault" in read) return { faults };

  await spend(ctx, token);
  const captured = await captureConsents(ctx, form, { ...received, phone: read.phone });
  const reference = await askOrTell(ctx, form, submission, captured);
  const { phoneId, consentIds } = captured;
  await appendAudit(ctx, "consent.capture", { phoneId, consents: consentIds.length });
  const { confirmation } = form.settings;
  const [consent] = consentIds;
  const receipt = confirmation?.isAsked || !consent ? null : writeConsentReceipt(ctx, consent);
  return { confirmation, reference, receipt };
}

async function readNumber(
  ctx: TransactionContext,
  { phone, region }: Submission,
): Promise<{ phone: Phone } | { fault: Fault["message"] }> {
  return readPhone(phone, (region ?? (await loadOrganization(ctx)).homeRegion).toUpperCase());
}
