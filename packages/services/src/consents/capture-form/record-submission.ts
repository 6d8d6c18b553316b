import {
  type ConfirmationSettings,
  type Submission,
  submissionFaults,
} from "@ringfence/core/consents/capture-form";
import type { Fault } from "@ringfence/core/platform/message";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { askOrTell } from "../confirmation/ask-or-tell.ts";
import { writeConsentReceipt } from "../consent/receipt-link.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { captureConsents } from "./capture-consents.ts";
import { type FormToken, type ShownOn, readFormToken } from "./form-token.ts";
import type { PublishedForm } from "./published-form.ts";
import type { Received } from "./received.ts";

/** Longer than anybody leaves a form open who means to send it. */
const TOKEN_HOURS = 12;

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
export async function recordSubmission(
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

/** The token of a page, refused where it is another's, too old, or of another version of the form. */
export function requireToken(
  ctx: TransactionContext,
  form: PublishedForm,
  { text, shownOn }: { text: string; shownOn: ShownOn },
): FormToken {
  const sealed = { formId: form.id, shownOn };
  const token = readFormToken(ctx.keys, ctx.organizationId, text, sealed);
  const ageMs = token === null ? Infinity : ctx.now.getTime() - token.issuedAt.getTime();
  if (token === null || ageMs > TOKEN_HOURS * 3_600_000 || token.version !== form.version) {
    throw new ServiceError("invalid", { key: "submission.token-invalid" }, "/token");
  }
  return token;
}

/** If two requests send the same token at once, the second waits for the first and is refused. */
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
