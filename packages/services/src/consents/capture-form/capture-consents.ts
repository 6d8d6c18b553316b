import type { AskedOnPage, FormPlacement, Submission } from "@ringfence/core/consents/capture-form";
import { type Evidence, elementsOf, isWrittenSource } from "@ringfence/core/consents/consent";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { ConsentId, PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { mendJson, mendText } from "@ringfence/core/platform/text";
import { DAY_MS } from "@ringfence/core/platform/time";
import { appendConsents } from "../consent/insert.ts";
import type { NewConsent } from "../consent/consent.ts";
import { addContactIfUnknown } from "../../people/contact/record-contacts.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { internPhone } from "../../people/phone/intern-phones.ts";
import type { PublishedForm } from "./capture-form.ts";
import type { FormToken } from "./token.ts";

/** Facts about the request that the server itself saw. */
export type SeenOfSender = { ip: string; userAgent: string };

/** A form that came with a token of ours. */
export type Received = SeenOfSender & {
  submission: Submission;
  token: FormToken;
  placement: FormPlacement;
};

export type Captured = { phoneId: PhoneId; consentIds: readonly ConsentId[] };

type Filled = Received & { phone: Phone };

/** One consent for each box that was ticked, all of one instant: the server's. */
export async function captureConsents(
  ctx: TransactionContext,
  form: PublishedForm,
  filled: Filled,
): Promise<Captured> {
  const { phone, submission } = filled;
  const { name, email } = submission;
  await addContactIfUnknown(ctx, phone, { name, email });
  const phoneId = await internPhone(ctx, phone);

  const given = submission.asked.filter(({ isChecked }) => isChecked);
  const consents = given.flatMap((asked) => {
    const disclosure = form.disclosures.find(({ id }) => id === asked.id);
    return disclosure ? [consentOf(ctx, form, filled, { asked, disclosure, phoneId })] : [];
  });
  const appended = await appendConsents(ctx, consents);
  return { phoneId, consentIds: appended.map(({ id }) => id) };
}

type Given = { asked: AskedOnPage; disclosure: PublishedDisclosure; phoneId: PhoneId };

function consentOf(
  { now }: TransactionContext,
  { id, version, kind, settings }: PublishedForm,
  filled: Filled,
  { asked, disclosure, phoneId }: Given,
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
    ...serverSaw(filled),
    url: filled.submission.page.url,
  };
  return {
    type: settings.confirmation?.isAsked ? "requested" : "granted",
    phoneId,
    sellerId: terms.seller,
    purposes: terms.purposes,
    channels: terms.channels,
    elements: elementsOf({
      channels: terms.channels,
      evidence,
      disclosure,
      ...(name && { contact: { name } }),
      ...(validUntil && { validUntil }),
    }),
    isWritten: isWrittenSource(kind, evidence),
    at: now,
    validUntil,
    source: kind,
    disclosure: { id: disclosure.id, version: disclosure.version },
    contact: { ...(name && { name: mendText(name) }), ...(email && { email: mendText(email) }) },
    form: { id, version },
    placement: filled.placement,
    evidence: mendJson({ ...evidence, ...describeShown(filled, asked) }),
  };
}

const serverSaw = ({ ip, userAgent }: Filled) => ({ ip, userAgent: userAgent.slice(0, 1_024) });

/** What stood on the page, whole: also what was asked beside it. */
const describeShown = ({ submission, token, placement }: Filled, own: AskedOnPage) => ({
  shown: own,
  asked: submission.asked,
  page: submission.page,
  placement,
  origin: placement.origin,
  token: token.id,
  issuedAt: token.issuedAt.toISOString(),
  elapsedMs: submission.elapsedMs,
});
