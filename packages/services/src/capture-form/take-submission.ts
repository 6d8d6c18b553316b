import {
  type ConfirmationSettings,
  type Submission,
  submissionFaults,
} from "@ringfence/core/capture-form";
import type { Fault } from "@ringfence/core/message";
import { type Phone, readPhone } from "@ringfence/core/phone";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { askOrTell } from "../confirmation/ask-or-tell.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { captureConsents } from "./capture-consents.ts";
import { actingForm } from "./form-context.ts";
import { type FormToken, readFormToken } from "./form-token.ts";
import { requireOrigin } from "./issue-form-token.ts";
import { type PublishedForm, publishedForm } from "./published-form.ts";

/** Longer than anybody leaves a form open who means to send it. */
const TOKEN_HOURS = 12;

/** What a form sent, and what the server itself saw of the request. */
export type Sent = {
  submission: Submission;
  origin: string | null;
  ip: string;
  userAgent: string;
};

/**
 * Nothing in it depends on the number. `confirmation`: what the person has to expect; `reference`: by
 * which a code that they are sent is answered.
 */
export type Taken =
  | { confirmation: ConfirmationSettings | null; reference: string; faults?: never }
  | { faults: readonly Fault[]; confirmation?: never; reference?: never };

/**
 * Puts on record what a person agreed to by a form: what was shown, with the server's own time, and
 * once for each token. Asked back, the consents wait for the answer.
 */
export async function takeSubmission(ctx: ServiceContext, sent: Sent): Promise<Taken> {
  allow(ctx, "consent.capture");

  return inTransaction(ctx, async (ctx) => {
    const form = await publishedForm(ctx, actingForm(ctx));
    requireOrigin(form.settings, sent.origin);
    const token = requireToken(ctx, form, sent);
    const { submission } = sent;
    const world = { ...form, issuedAt: token.issuedAt, now: ctx.now };
    const faults = submissionFaults(submission, world);
    const read = await readNumber(ctx, submission);
    if ("fault" in read) faults.push({ path: "/phone", message: read.fault });
    if (faults.length > 0 || "fault" in read) return { faults };

    await spend(ctx, token);
    const captured = await captureConsents(ctx, form, { ...sent, phone: read.phone, token });
    const reference = await askOrTell(ctx, form, submission, captured);
    const { phoneId, consentIds } = captured;
    await appendAudit(ctx, "consent.capture", { phoneId, consents: consentIds.length });
    return { confirmation: form.settings.confirmation, reference };
  });
}

function requireToken(ctx: TransactionContext, form: PublishedForm, sent: Sent): FormToken {
  const { token: text } = sent.submission;
  const sealed = { formId: form.id, origin: sent.origin };
  const token = readFormToken(ctx.keys, ctx.organizationId, text, sealed);
  const ageMs = token === null ? Infinity : ctx.now.getTime() - token.issuedAt.getTime();
  if (token === null || ageMs > TOKEN_HOURS * 3_600_000 || token.version !== form.version) {
    throw new ServiceError("invalid", { key: "submission.token-invalid" }, "/token");
  }
  return token;
}

/** Of two that send the same token at once, the second waits for the first, and is refused. */
async function spend({ db, organizationId }: TransactionContext, { id, issuedAt }: FormToken) {
  const expiresAt = new Date(issuedAt.getTime() + TOKEN_HOURS * 3_600_000);
  const data = { organizationId, id, expiresAt };
  const { count } = await db.spentToken.createMany({ data, skipDuplicates: true });
  if (count === 0) throw new ServiceError("conflict", { key: "submission.token-spent" });
}

async function readNumber(
  ctx: TransactionContext,
  { phone, region }: Submission,
): Promise<{ phone: Phone } | { fault: Fault["message"] }> {
  return readPhone(phone, (region ?? (await organizationOf(ctx)).homeRegion).toUpperCase());
}
