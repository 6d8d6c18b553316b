import { z } from "zod";
import type {
  DisclosureOnPage,
  FormPlacement,
  Submission,
} from "@ringfence/core/consents/capture-form";
import { type Evidence, isWritten, listElements } from "@ringfence/core/consents/consent";
import type { DisclosureTerms, PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import type { ConsentId, PhoneId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import { mendJson, mendText } from "@ringfence/core/platform/text";
import { DAY_MS } from "@ringfence/core/platform/time";
import { addContactIfUnknown } from "../../people/contact/internal.ts";
import { findOrAddPhone } from "../../people/phone/internal.ts";
import type { PersonContext, TransactionContext } from "../../platform/internal.ts";
import { type NewConsent, insertConsents } from "../consent/internal.ts";
import type { PublishedForm } from "./capture-form.ts";
import type { FormToken } from "./token.ts";

/** Facts about the request, as the server saw them. */
export const RequestFacts = z.strictObject({ ip: z.string(), userAgent: z.string() });
type RequestFacts = z.infer<typeof RequestFacts>;

/** A submitted form with a valid token. */
export type ReceivedForm = RequestFacts & {
  submission: Submission;
  token: FormToken;
  placement: FormPlacement;
};

type CapturedConsents = { phoneId: PhoneId; consentIds: readonly ConsentId[] };

type ReceivedFormWithPhone = ReceivedForm & { phone: Phone };

type Capture = {
  /** `requested`: the consents wait for the person's answer. */
  type: NewConsent["type"];
  /** Purposes and channels of a text that the person agreed to. Left out: all that the text asks for. */
  agreements?: ReadonlyMap<PublishedDisclosure, Pick<DisclosureTerms, "purposes" | "channels">>;
  /** How the code that opened their record had reached the person; left out on other pages. */
  code?: PersonContext["actor"]["code"];
};

/**
 * Records one consent for each ticked box, all at the same server time. The caller has found no fault in the
 * submission.
 */
export async function captureConsents(
  ctx: TransactionContext,
  form: PublishedForm,
  filled: ReceivedFormWithPhone,
  capture: Capture,
): Promise<CapturedConsents> {
  const { phone, submission } = filled;
  const { name, email } = submission;
  await addContactIfUnknown(ctx, phone, { name, email });
  const phoneId = await findOrAddPhone(ctx, phone);

  const given = submission.asked.filter(({ isChecked }) => isChecked);
  const consents = given.flatMap((asked) => {
    const disclosure = form.disclosures.find(
      ({ id, version }) => id === asked.id && version === asked.version,
    );
    if (!disclosure) return [];
    return [toNewConsent(ctx, form, filled, { ...capture, asked, disclosure, phoneId })];
  });
  const inserted = await insertConsents(ctx, consents);
  return { phoneId, consentIds: inserted.map(({ id }) => id) };
}

type TickedBox = Capture & {
  asked: DisclosureOnPage;
  disclosure: PublishedDisclosure;
  phoneId: PhoneId;
};

function toNewConsent(
  { now }: TransactionContext,
  { id, version, kind, settings }: PublishedForm,
  filled: ReceivedFormWithPhone,
  { type, agreements, code, asked, disclosure, phoneId }: TickedBox,
): NewConsent {
  const { terms } = disclosure;
  const { purposes, channels } = agreements?.get(disclosure) ?? terms;
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
    type,
    phoneId,
    sellerId: terms.seller,
    purposes,
    channels,
    elements: listElements({
      channels,
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
    evidence: mendJson({ ...evidence, ...describePage(filled, asked), ...(code && { code }) }),
  };
}

const describeRequest = ({ ip, userAgent }: ReceivedFormWithPhone) => ({
  ip,
  userAgent: userAgent.slice(0, 1_024),
});

/** Describes the whole page, including what was asked next to this text. */
const describePage = (
  { submission, token, placement }: ReceivedFormWithPhone,
  box: DisclosureOnPage,
) => ({
  shown: box,
  asked: submission.asked,
  page: submission.page,
  placement,
  origin: placement.origin,
  token: token.id,
  issuedAt: token.issuedAt.toISOString(),
  elapsedMs: submission.elapsedMs,
});
