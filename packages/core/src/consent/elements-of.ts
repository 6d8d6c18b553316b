import type { Channel } from "./consent.ts";
import type { Element } from "./element.ts";
import { isSigned } from "./evidence.ts";
import type { RecordConsent } from "./record-consent.ts";

type Said = Pick<RecordConsent, "channels" | "contact" | "validUntil" | "evidence"> & {
  /** Older records may have lost the words. */
  disclosure?: unknown;
};

/**
 * Which elements a recorded consent holds: those that follow from its fields, and those that its
 * text is said to state. Rules of type `consent_elements` ask for them.
 */
export function elementsOf(consent: Said): Element[] {
  const { channels, contact, validUntil, evidence, disclosure } = consent;
  const isAutomatic = channels.some((channel) => automatic.has(channel));
  const isRecorded = channels.some((channel) => recorded.has(channel));

  const elements = new Set<Element>([
    ...always,
    ...when(isRecorded || isAutomatic || channels.includes("voice_live"), "channel_voice"),
    ...when(disclosure !== undefined, "text_version"),
    ...when(isAutomatic, "autodialer_or_prerecorded_disclosure"),
    ...when(isRecorded, "prerecorded_purpose_disclosure"),
    ...when(evidence.act !== undefined || isSigned(evidence), "affirmative_action"),
    ...when(isSigned(evidence), "signature"),
    ...when(contact !== undefined, "subject_identity"),
    ...when(validUntil !== undefined, "period"),
    ...(evidence.states ?? []),
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

const recorded: ReadonlySet<Channel> = new Set(["voice_prerecorded", "voice_ai"]);
const automatic: ReadonlySet<Channel> = new Set([...recorded, "voice_autodialed"]);

const when = (holds: boolean, element: Element): Element[] => (holds ? [element] : []);
