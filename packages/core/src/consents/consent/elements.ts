import {
  type ConsentEvent,
  type ConsentSource,
  type Element,
  mandatoryElements,
} from "./consent.ts";
import type { Channel } from "../../people/phone/index.ts";
import { type Evidence, type TextElement, isSigned } from "./evidence.ts";
import type { RecordConsent } from "./record-consent.ts";

type ConsentFacts = Partial<Pick<RecordConsent, "contact" | "validUntil">> &
  Pick<RecordConsent, "channels" | "evidence"> & {
    /** Source, if somebody witnessed the act; left out, only the evidence counts. */
    source?: ConsentSource;
    /** Older records may have lost the words. */
    disclosure?: unknown;
    /** Elements that the published text states. */
    states?: readonly TextElement[];
  };

/**
 * Lists the elements that a recorded consent holds: those that follow from its fields, and those that its
 * text is said to state. Rules of type `consent_elements` require them.
 */
export function listElements(consent: ConsentFacts): Element[] {
  const { channels, contact, validUntil, evidence, disclosure, source = "import" } = consent;
  const isAutomatic = channels.some((channel) => automatic.has(channel));
  const isRecorded = channels.some((channel) => recorded.has(channel));

  const elements = new Set<Element>([
    ...mandatoryElements,
    ...when(isRecorded || isAutomatic || channels.includes("voice_live"), "channel_voice"),
    ...when(disclosure !== undefined, "text_version"),
    ...when(isAutomatic, "autodialer_or_prerecorded_disclosure"),
    ...when(isRecorded, "prerecorded_purpose_disclosure"),
    ...when(isActBySource[source] || isAct(evidence), "affirmative_action"),
    ...when(isSigned(evidence), "signature"),
    ...when(Object.values(contact ?? {}).some(Boolean), "subject_identity"),
    ...when(validUntil !== undefined, "period"),
    ...when(source === "enquiry", "enquiry"),
    ...(evidence.states ?? []),
    ...(consent.states ?? []),
  ]);
  return [...elements].toSorted();
}

/** Submitting a form, saying yes and signing are acts. For older records nobody knows what the person did. */
const isActBySource: Record<ConsentSource, boolean> = {
  newsletter: true,
  website_form: true,
  registration: true,
  checkout: true,
  phone: true,
  paper: true,
  enquiry: true,
  import: false,
};
const isAct = (evidence: Evidence) => evidence.act !== undefined || isSigned(evidence);

const recorded: ReadonlySet<Channel> = new Set(["voice_prerecorded", "voice_ai"]);
const automatic: ReadonlySet<Channel> = new Set([...recorded, "voice_autodialed"]);

const when = (holds: boolean, element: Element): Element[] => (holds ? [element] : []);

/**
 * True if a consent is in writing. Electronic forms and paper are (15 U.S.C. 7001, E-SIGN). Speech, an enquiry and an
 * import are only if the evidence has a signature.
 */
export const isWritten = (source: ConsentSource, evidence: Evidence) =>
  isWrittenBySource[source] || isSigned(evidence);

const isWrittenBySource: Record<ConsentSource, boolean> = {
  newsletter: true,
  website_form: true,
  registration: true,
  checkout: true,
  paper: true,
  // An enquiry in writing is no consent in writing: the person asked to be answered, not to be called.
  enquiry: false,
  phone: false,
  import: false,
};

/**
 * Elements without which no consent can be proven anywhere: the person acted, and the text they were shown
 * (GDPR art. 7(1), 16 CFR 310.5(a)(8)). A consent that lacks either is weak.
 */
export const strongElements = [
  "affirmative_action",
  "text_version",
] as const satisfies readonly Element[];
export type StrongElement = (typeof strongElements)[number];

/** Finds the strong elements that a consent lacks. */
export const findWeaknesses = (elements: readonly string[]) =>
  strongElements.filter((element) => !elements.includes(element));

/**
 * Finds the elements that a consent from older records lacks in order to count: nobody witnessed it, so
 * only its proof speaks for it. Empty for a consent that was witnessed.
 */
export const findLackingElements = ({
  isImported,
  elements,
}: Pick<ConsentEvent, "isImported" | "elements">): readonly StrongElement[] =>
  isImported ? findWeaknesses(elements) : [];
