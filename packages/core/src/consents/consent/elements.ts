import type { ConsentEvent, ConsentSource, Element } from "./consent.ts";
import type { Channel } from "../../people/phone/index.ts";
import { type Evidence, type Statement, isSigned } from "./evidence.ts";
import type { RecordConsent } from "./record-consent.ts";

type Said = Partial<Pick<RecordConsent, "contact" | "validUntil">> &
  Pick<RecordConsent, "channels" | "evidence"> & {
    /** Where the person acted before us or who records it; left out, only the evidence tells. */
    source?: ConsentSource;
    /** Older records may have lost the words. */
    disclosure?: unknown;
    /** What a published text states. */
    states?: readonly Statement[];
  };

/**
 * Which elements a recorded consent holds: those that follow from its fields, and those that its
 * text is said to state. Rules of type `consent_elements` ask for them.
 */
export function elementsOf(consent: Said): Element[] {
  const { channels, contact, validUntil, evidence, disclosure, source = "import" } = consent;
  const isAutomatic = channels.some((channel) => automatic.has(channel));
  const isRecorded = channels.some((channel) => recorded.has(channel));

  const elements = new Set<Element>([
    ...always,
    ...when(isRecorded || isAutomatic || channels.includes("voice_live"), "channel_voice"),
    ...when(disclosure !== undefined, "text_version"),
    ...when(isAutomatic, "autodialer_or_prerecorded_disclosure"),
    ...when(isRecorded, "prerecorded_purpose_disclosure"),
    ...when(isActBySource[source] || isAct(evidence), "affirmative_action"),
    ...when(isSigned(evidence), "signature"),
    ...when(Object.values(contact ?? {}).some(Boolean), "subject_identity"),
    ...when(validUntil !== undefined, "period"),
    ...(evidence.states ?? []),
    ...(consent.states ?? []),
  ]);
  return [...elements].toSorted();
}

/** What a consent cannot be put on record without: phone, seller, purposes and time. */
const always: readonly Element[] = [
  "seller_identity",
  "controller_identity",
  "specific_seller",
  "principal_entity_or_brand",
  "purpose",
  "purpose_advertising",
  "authorises_telemarketing",
  "products_or_services",
  "scope",
  "phone_number",
  "timestamp",
];

/** To send a form, to say yes and to sign are acts; of older records nobody knows what the person did. */
const isActBySource: Record<ConsentSource, boolean> = {
  newsletter: true,
  website_form: true,
  registration: true,
  checkout: true,
  phone: true,
  paper: true,
  import: false,
};
const isAct = (evidence: Evidence) => evidence.act !== undefined || isSigned(evidence);

const recorded: ReadonlySet<Channel> = new Set(["voice_prerecorded", "voice_ai"]);
const automatic: ReadonlySet<Channel> = new Set([...recorded, "voice_autodialed"]);

const when = (holds: boolean, element: Element): Element[] => (holds ? [element] : []);

/**
 * Whether a consent is in writing. Electronic forms and paper are (15 U.S.C. 7001, E-SIGN); speech
 * is not, and of an import nobody knows, unless a signature came with it.
 */
export const isWrittenSource = (source: ConsentSource, evidence: Evidence) =>
  written[source] || isSigned(evidence);

const written: Record<ConsentSource, boolean> = {
  newsletter: true,
  website_form: true,
  registration: true,
  checkout: true,
  paper: true,
  phone: false,
  import: false,
};

/**
 * What every consent has to hold that is to be proven to anyone, whatever the place: that the person
 * acted, and in which words they were asked (GDPR art. 7(1), 16 CFR 310.5(a)(8)). One that lacks either
 * is weak.
 */
export const strongElements = [
  "affirmative_action",
  "text_version",
] as const satisfies readonly Element[];
export type StrongElement = (typeof strongElements)[number];

/** Which of them a consent lacks. */
export const weaknessOf = (elements: readonly string[]) =>
  strongElements.filter((element) => !elements.includes(element));

/**
 * What a consent from older records would have to hold to count, and does not: nobody of ours saw the
 * person agree, so that it stands by its proof alone. Of a consent that we saw given, nothing.
 */
export const lackingOf = ({
  isImported,
  elements,
}: Pick<ConsentEvent, "isImported" | "elements">): readonly StrongElement[] =>
  isImported ? weaknessOf(elements) : [];
