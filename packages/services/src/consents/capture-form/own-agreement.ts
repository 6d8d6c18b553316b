import { z } from "zod";
import {
  HostedPage,
  OpenOwnForm,
  OwnFormFields,
  ReadOwnForm,
  type Submission,
  findSubmissionFaults,
  listChoices,
  readAgreement,
} from "@ringfence/core/consents/capture-form";
import { isAgainstOptOut } from "@ringfence/core/consents/consent";
import type { DisclosureTerms, PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { CaptureFormId, type ConfirmationId, type ConsentId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { type Fault, toFaults } from "@ringfence/core/platform/message";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { lockPhones } from "../../people/phone/internal.ts";
import {
  type PersonContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  holdLock,
  query,
  requirePerson,
} from "../../platform/internal.ts";
import { queueConfirmation } from "../confirmation/internal.ts";
import { loadCountedEvents, loadOptOutsOfPersons } from "../consent/internal.ts";
import { RequestFacts, captureConsents } from "./capture-consents.ts";
import { type PublishedForm, loadPublishedForm } from "./capture-form.ts";
import type { OpenedForm } from "./hosted-page.ts";
import { type FormToken, assertValidToken, createToken, markTokenUsed } from "./token.ts";

/** A form as a person's own page shows it. */
export type OwnForm = PublishedForm & {
  seller: string;
  purposes: readonly { key: string; name: string }[];
  /** Says when a consent given now begins to count. */
  effect: AgreementEffect;
};

/**
 * `counts`: at once. `handed`: not until the person answers a text message, because they came by a code that a member
 * issued. `refused`: not until then, because they refused such calls.
 */
type AgreementEffect = "counts" | "handed" | "refused";

/** Reads a form for the person whose record is open. */
export const readOwnForm = query({
  name: "readOwnForm",
  action: "own-record.agree",
  input: ReadOwnForm,
  run: async (ctx, { formId }): Promise<OwnForm> => {
    const person = requireOpenRecord(ctx);
    const form = await loadPublishedForm(ctx, formId);
    const sellerId = form.disclosures[0]?.terms.seller;
    const seller = (await loadSellers(ctx)).find(({ id }) => id === sellerId)?.name ?? "";
    const effect = await determineEffect(
      ctx,
      person,
      form.disclosures.map(({ terms }) => terms),
    );
    return { ...form, seller, purposes: await loadPurposes(ctx), effect };
  },
  audit: "none",
});

/** Creates a token for one submission of what the page shows, which is valid for the person's phone alone. */
export const openOwnForm = command({
  name: "openOwnForm",
  action: "own-record.agree",
  input: OpenOwnForm,
  run: async (ctx, { formId, version, page: shown }): Promise<OpenedForm> => {
    const { phoneId } = requireOpenRecord(ctx);
    await loadPublishedForm(ctx, formId);
    const page = JSON.stringify(shown);
    const shownOn = { type: "own-record", page, phoneId } as const;
    const { token } = await createToken(ctx, { formId, version, shownOn });
    return { token, page };
  },
  audit: "none",
});

/** A form that a person filled in on their own page: its token and `page` from `openOwnForm`, and what was typed. */
const OwnSubmission = RequestFacts.extend({
  formId: CaptureFormId,
  token: z.string(),
  page: z.string(),
  fields: z.unknown(),
});

/** `reference`: needed to answer the text message; null if none is sent, because the consent counts or at a limit. */
export type OwnAgreement =
  | { consentId: ConsentId; reference: ConfirmationId | null; faults?: never }
  | { faults: readonly Fault[]; consentId?: never; reference?: never };

/**
 * Records what a person agrees to while their record is open. It counts at once only if a text message had brought their
 * code to the phone itself, and nothing that they agree to is against a refusal. Otherwise it waits as a request, and a
 * text message to the phone asks for it: only the answer lifts a refusal (contract 6, decision 82).
 */
export const agreeToForm = command({
  name: "agreeToForm",
  action: "own-record.agree",
  input: OwnSubmission,
  run: async (
    ctx,
    { formId, token: text, page: shown, fields: typed, ...seen },
  ): Promise<OwnAgreement> => {
    const person = requireOpenRecord(ctx);
    const phone = await loadNumber(ctx, person);
    const form = await loadPublishedForm(ctx, formId);
    const { phoneId, code } = person;
    const shownOn = { type: "own-record", page: shown, phoneId } as const;
    const token = assertValidToken(ctx, form, { text, shownOn });
    const page = HostedPage.parse(JSON.parse(shown));
    const fields = OwnFormFields.safeParse(typed);
    if (!fields.success) return { faults: toFaults(fields.error, typed) };

    const agreements = readAgreements(form, page, fields.data);
    if ("faults" in agreements) return agreements;
    const filled = { form, page, token, fields: fields.data, phone, agreements };
    const submission = buildSubmission(filled, ctx.now);
    const { origin } = new URL(page.url);
    const expected = { ...form, origin, issuedAt: token.issuedAt, now: ctx.now };
    const faults = findSubmissionFaults(submission, expected);
    if (faults.length > 0) return { faults };

    await markTokenUsed(ctx, token);
    // Before the phone, as everywhere: `captureConsents` may add a contact.
    if (fields.data.name || fields.data.email) await holdLock(ctx, "contacts");
    // A refusal that is being recorded is waited for and seen. A later one is newer than this consent.
    await lockPhones(ctx, [phoneId]);
    const agreed = [...agreements].map(([{ terms }, choice]) => ({ ...terms, ...choice }));
    const isAsked = (await determineEffect(ctx, person, agreed)) !== "counts";
    const placement = { type: "own_page", origin } as const;
    const captured = await captureConsents(
      ctx,
      form,
      { ...seen, submission, token, placement, phone },
      { type: isAsked ? "requested" : "granted", agreements, code },
    );
    const { id, isQueued } = isAsked
      ? await queueConfirmation(ctx, askBySms(form), submission, captured, {
          hasProvedPhone: code === "sms",
        })
      : { id: null, isQueued: false };
    const [consentId] = captured.consentIds;
    if (consentId === undefined) throw new Error("an agreement recorded no consent");
    const consents = captured.consentIds.length;
    await appendAudit(ctx, "own-record.agree", { phoneId, formId, consents, isAsked });
    return { consentId, reference: isQueued ? id : null };
  },
  audit: "by run",
});

type OpenRecord = Required<PersonContext["actor"]>;

/** Returns the person whose record is open. Links of receipts and messages open none. */
function requireOpenRecord(ctx: TransactionContext): OpenRecord {
  const { code, ...person } = requirePerson(ctx);
  if (code === undefined) throw new ServiceError("forbidden", { key: "own-record.not-open" });
  return { ...person, code };
}

async function loadNumber({ db, organizationId }: TransactionContext, { phoneId }: OpenRecord) {
  const row = await db.phone.findFirst({ where: { organizationId, id: phoneId } });
  const { data: phone } = Phone.safeParse(row?.e164);
  if (phone === undefined) throw new ServiceError("not-found", { key: "error.phone-not-found" });
  return phone;
}

type Agreed = Pick<DisclosureTerms, "seller" | "purposes" | "channels">;

/** Determines how a consent of this person would count. */
async function determineEffect(
  ctx: TransactionContext,
  { phoneId, code }: OpenRecord,
  agreed: readonly Agreed[],
): Promise<AgreementEffect> {
  if (code !== "sms") return "handed";
  const optOuts = await loadOptOutsOfPersons(ctx, [phoneId]);
  if (optOuts.length === 0) return "counts";
  const events = await loadCountedEvents(ctx, { phones: [phoneId] });
  const isRefused = agreed.some(({ seller: sellerId, ...choice }) =>
    isAgainstOptOut(events, optOuts, { sellerId, ...choice }, ctx.now),
  );
  return isRefused ? "refused" : "counts";
}

/** The form, with a text message that asks, whatever it sends on other pages. */
const askBySms = (form: PublishedForm): PublishedForm => ({
  ...form,
  settings: { ...form.settings, confirmation: { means: "sms", isAsked: true } },
});

type Agreements = ReadonlyMap<PublishedDisclosure, Pick<DisclosureTerms, "purposes" | "channels">>;

/** Reads what the person agreed to of each text on the page, or the texts of which they chose only a half. */
function readAgreements(
  form: PublishedForm,
  page: HostedPage,
  { ticked }: OwnFormFields,
): Agreements | { faults: readonly Fault[] } {
  const read = findShown(form, page).map((text) => ({
    text,
    choice: readAgreement(
      text.terms,
      ticked.find(({ id }) => id === text.id),
    ),
  }));
  const faults = read.flatMap(({ text, choice }): Fault[] =>
    choice === "incomplete"
      ? [{ path: `/ticked/${text.id}`, message: { key: "own-record.half-ticked" } }]
      : [],
  );
  if (faults.length > 0) return { faults };
  return new Map(
    read.flatMap(({ text, choice }) =>
      choice === null || choice === "incomplete" ? [] : [[text, choice] as const],
    ),
  );
}

const findShown = ({ disclosures }: PublishedForm, page: HostedPage) =>
  page.disclosures.flatMap(
    ({ id, version }) => disclosures.find((it) => it.id === id && it.version === version) ?? [],
  );

type FilledOwnForm = {
  form: PublishedForm;
  page: HostedPage;
  token: FormToken;
  fields: OwnFormFields;
  phone: Phone;
  agreements: Agreements;
};

/** Builds the submission on the server: the page has no script that could measure time or the window. */
function buildSubmission(
  { form, page, token, fields, phone, agreements }: FilledOwnForm,
  now: Date,
): Submission {
  const { disclosures: _, ...seen } = page;
  const { ticked: __, ...person } = fields;
  const shown = findShown(form, page);
  return {
    ...person,
    phone,
    token: token.id,
    issuedAt: token.issuedAt,
    elapsedMs: now.getTime() - token.issuedAt.getTime(),
    asked: shown.map((text) => ({
      id: text.id,
      version: text.version,
      text: text.text,
      wasChecked: false,
      isChecked: agreements.has(text),
    })),
    page: {
      ...seen,
      controls: shown.flatMap((text) => listBoxes(text, fields)).slice(0, MAX_CONTROLS),
      width: 0,
      height: 0,
    },
  };
}

/** `PageSnapshot` holds no more. */
const MAX_CONTROLS = 100;

const toBox = (name: string, isChecked: boolean) => ({
  name,
  type: "checkbox",
  isChecked,
  isVisible: true,
});

/** Lists the boxes below a text as they were sent. */
function listBoxes({ id, terms }: PublishedDisclosure, { ticked }: OwnFormFields) {
  const sent = ticked.find((it) => it.id === id);
  const { purposes, channels } = listChoices(terms);
  if (purposes.length + channels.length === 0) return [toBox(`box-${id}`, sent?.isTicked ?? false)];
  return [
    ...purposes.map((one) => toBox(`purpose-${id} ${one}`, sent?.purposes.includes(one) ?? false)),
    ...channels.map((one) => toBox(`channel-${id} ${one}`, sent?.channels.includes(one) ?? false)),
  ];
}
