import { type HostedPage, Submission } from "@ringfence/core/consents/capture-form";
import { DAY_MS } from "@ringfence/core/platform/time";
import { aNumber } from "@ringfence/db/testing";
import { createFormContext, requireFormActor } from "../src/consents/capture-form/capture-form.ts";
import { type FormSite, createToken, issueFormToken } from "../src/consents/capture-form/token.ts";
import {
  type ShownForm,
  openHostedForm,
  readHostedForm,
} from "../src/consents/capture-form/hosted-page.ts";
import { type RootContext, inTransaction } from "../src/platform/context.ts";
import { origin } from "./forms.ts";
import { db } from "./scenes.ts";

const page = {
  url: `${origin}/contact`,
  title: "Contact",
  language: "en",
  text: "Acme may call me about its offers. I can say no on any call. Send",
  controls: [{ name: "consent", type: "checkbox", isChecked: true, isVisible: true }],
  width: 390,
  height: 844,
};

/**
 * Creates the submission of a page that shows a form unchanged and has all boxes ticked, with the details
 * of its request.
 */
export async function aSubmission(ctx: RootContext, address: string, more: object = {}) {
  const form = createFormContext(ctx, address);
  const { token, issuedAt, disclosures } = await issueFormToken(form, { origin });
  const submission = Submission.parse({
    token,
    issuedAt: issuedAt.toISOString(),
    elapsedMs: 0,
    phone: aNumber(),
    asked: disclosures.map(({ id, version, text }) => ({
      id,
      version,
      text,
      wasChecked: false,
      isChecked: true,
    })),
    page,
    ...more,
  });
  return { form, submission, origin, ip: "203.0.113.7", userAgent: "Test/1" };
}

/** Creates the token of a form's first version that was issued a day ago: longer than a token is valid. */
export const anExpiredToken = (form: RootContext, shownOn: FormSite) =>
  inTransaction(form, (ctx) =>
    createToken(
      { ...ctx, now: new Date(ctx.now.getTime() - DAY_MS) },
      { formId: requireFormActor(ctx), version: 1, shownOn },
    ),
  );

export const hostedUrl = "https://rf.example/f/form";

/** A short description of what the hosted page shows. */
export const describeHosted = ({ seller, disclosures }: ShownForm): HostedPage => ({
  url: hostedUrl,
  title: `May ${seller} contact you?`,
  language: "en",
  text: disclosures.map(({ text }) => text).join("\n"),
  disclosures: disclosures.map(({ id, version }) => ({ id, version })),
});

/** Opens the hosted page as a browser does: reads the form, and gets a token for what is shown of it. */
export async function openHosted(ctx: RootContext) {
  const form = await readHostedForm(ctx);
  const shown = { version: form.version, page: describeHosted(form) };
  return { form, ...(await openHostedForm(ctx, shown)) };
}

/** Fills in the hosted page with all boxes ticked, and sends it. */
export async function aHostedSubmission(ctx: RootContext, address: string, typed: object = {}) {
  const form = createFormContext(ctx, address);
  const { token, page, form: shown } = await openHosted(form);
  const ticked = shown.disclosures.map(({ id }) => id);
  const fields = { phone: aNumber(), ticked, ...typed };
  return { form, token, page, fields, ip: "203.0.113.7", userAgent: "Test/1" };
}

/** Returns all recorded consents of an organization with their evidence. */
export const onRecord = ({ organizationId }: RootContext) =>
  db.prisma.consentEvent.findMany({
    where: { organizationId },
    include: { evidence: true },
    orderBy: { id: "asc" },
  });
