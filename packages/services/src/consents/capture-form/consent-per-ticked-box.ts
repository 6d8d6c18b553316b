import { z } from "zod";
import type {
  DisclosureOnPage,
  FormPlacement,
  Submission,
} from "@ringfence/core/consents/capture-form";
import { type Evidence, isWritten, listElements } from "@ringfence/core/consents/consent";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { ConsentId, PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { mendJson, mendText } from "@ringfence/core/platform/text";
import { DAY_MS } from "@ringfence/core/platform/time";
import { type NewConsent, insertConsents } from "../consent/internal.ts";
import { addContactIfUnknown } from "../../people/contact/internal.ts";
import type { TransactionContext } from "../../platform/internal.ts";
import { internPhone } from "../../people/phone/internal.ts";
import type { PublishedForm } from "./capture-form.ts";
import type { FormToken } from "./token.ts";

/** Facts about the request, as the server saw them. */
export const RequestFacts = z.strictObject({ ip: z.string(), userAgent: z.string() });
export type RequestFacts = z.infer<typeof RequestFacts>;

/** A submitted form with a valid token. */
export type ReceivedForm = RequestFacts & {
  submission: Submission;
  token: FormToken;
  placement: FormPlacement;
};

export type CapturedConsents = { phoneId: PhoneId; consentIds: readonly ConsentId[] };

type ReceivedFormWithPhone = ReceivedForm & { phone: Phone };

/**
 * Records one consent for each ticked box, all at the same server time; if the form asks the person to confirm, as
 * requests that wait for their answer. The caller has found no fault in the submission.
 */
export async function captureConsents(
  ctx: TransactionContext,
  form: PublishedForm,
  filled: ReceivedFormWithPhone,
): Promise<CapturedConsents> {
  const { phone, submission } = filled;
  const { name, email } = submission;
  await addContactIfUnknown(ctx, phone, { name, email });
  const phoneId = await internPhone(ctx, phone);

  const given = submission.asked.filter(({ isChecked }) => isChecked);
  const consents = given.flatMap((asked) => {
    const disclosure = form.disclosures.find(({ id }) => id === asked.id);
    return disclosure ? [toNewConsent(ctx, form, filled, { asked, disclosure, phoneId })] : [];
  });
  const inserted = await insertConsents(ctx, consents);
  return { phoneId, consentIds: inserted.map(({ id }) => id) };
}

type TickedBox = { asked: DisclosureOnPage; disclosure: PublishedDisclosure; phoneId: PhoneId };

function toNewConsent(
  { now }: TransactionContext,
  { id, version, kind, settings }: PublishedForm,
  filled: ReceivedFormWithPhone,
  { asked, disclosure, phoneId }: TickedBox,
): NewConsent {
  const { terms } = disclosure;
  const { name, email } = filled.submission;
  const days = terms.validDays;
  const validUntil = days === undefined ? null : new Date(now.getTime() + days * DAY_MS);
  // A box that was ticked when the page opened shows no act of the person.
  const evidence: Evidence = {
    ...(!asked.wasChecked && { act: "ticked" }),
    ...(settings.name === "signature" && name !== undefined && { signature: name }),
    states: terms.states,
    ...describeRequest(filled),
    url: filled.submission.page.url,
  };
  return {
    type: settings.confirmation?.isAsked ? "requested" : "granted",
    phoneId,
    sellerId: terms.seller,
    purposes: terms.purposes,
    channels: terms.channels,
    elements: listElements({
      channels: terms.channels,
      evidence,
      disclosure,
      ...(name && { contact: { name } }),
      ...(validUntil && { validUntil }),
    }),
    isWritten: isWritten(kind, evidence),
    at: now,
    validUntil,
    source: kind,
    disclosure: { id: disclosure.id, version: disclosure.version },
    contact: { ...(name && { name: mendText(name) }), ...(email && { email: mendText(email) }) },
    form: { id, version },
    placement: filled.placement,
    evidence: mendJson({ ...evidence, ...describePage(filled, asked) }),
  };
}

const describeRequest = ({ ip, userAgent }: ReceivedFormWithPhone) => ({
  ip,
  userAgent: userAgent.slice(0, 1_024),
});

/** Describes the whole page, including what was asked next to this text. */
const describePage = (
  { submission, token, placement }: ReceivedFormWithPhone,
  own: DisclosureOnPage,
) => ({
  shown: own,
  asked: submission.asked,
  page: submission.page,
  placement,
  origin: placement.origin,
  token: token.id,
  issuedAt: token.issuedAt.toISOString(),
  elapsedMs: submission.elapsedMs,
});
