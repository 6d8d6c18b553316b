import { z } from "zod";
import { Language, type RecordConsent, TextElement } from "../consent/index.ts";
import { Channel } from "../../people/phone/index.ts";
import { DisclosureId, SellerId } from "../../platform/ids.ts";
import { PurposeKey, covers } from "../../account/purpose/index.ts";
import { storableText, visibleText } from "../../platform/text/index.ts";
import type { Fault, Message } from "../../platform/message/index.ts";
import { normalizeText } from "../form-check/index.ts";

/**
 * Kinds of consent that a disclosure (the text that a person agrees to) asks for: advertising calls and messages (38-FZ
 * art. 18, TCPA, PECR), or the processing of personal data (152-FZ art. 9, which requires a separate document).
 */
export const DisclosureAsks = z.enum(["advertising", "personal_data"]);
export type DisclosureAsks = z.infer<typeof DisclosureAsks>;

/**
 * Terms that a published text commits to. A text about personal data has no purposes and no channels once it is
 * published.
 */
export const DisclosureTerms = z.strictObject({
  /** Title that the organization gives it. */
  title: visibleText(200).pipe(z.string().min(1)),
  asks: DisclosureAsks,
  /** Seller to whom consent is given. */
  seller: SellerId,
  purposes: z.array(PurposeKey).max(20),
  channels: z.array(Channel).max(Channel.options.length),
  /** Elements of a valid consent, as the rules name them, that the text contains. */
  states: z.array(TextElement).max(TextElement.options.length),
  /** Retention period, as the person is told. */
  retention: storableText(500),
  /** Way to withdraw, as the person is told. */
  withdrawal: storableText(500),
  /** Days after which the consent expires. Left out, it does not expire. */
  validDays: z.int().min(1).max(36_500).optional(),
});
export type DisclosureTerms = z.infer<typeof DisclosureTerms>;

/** Draft of a new disclosure, or of the next version of the one with this id. */
export const DraftDisclosure = z.strictObject({
  id: DisclosureId.optional(),
  language: Language,
  text: storableText(20_000),
  terms: DisclosureTerms.extend({
    /** Key or ID. Default: the organization's only seller. */
    seller: z.string().max(64).optional(),
  }),
});
export type DraftDisclosure = z.infer<typeof DraftDisclosure>;

/** A published version of a disclosure. */
export type PublishedDisclosure = {
  id: DisclosureId;
  version: number;
  language: string;
  text: string;
  terms: DisclosureTerms;
};

type Draft = { text: string; terms: DisclosureTerms };

/**
 * Finds every fault that keeps a draft from being published: a missing text or term, terms that do not fit what
 * it asks for, and an unknown purpose. Whether the text says what its terms say is not checked.
 */
export function findPublicationFaults(
  { text, terms }: Draft,
  allPurposes: readonly { key: PurposeKey }[],
): Fault[] {
  const { asks, purposes, channels, retention, withdrawal } = terms;
  const isAdvertising = asks === "advertising";
  const unknown = purposes.find((purpose) => !allPurposes.some(({ key }) => key === purpose));
  return [
    ...when(text === "", "/text", { key: "fault.missing" }),
    ...when(retention === "", "/terms/retention", { key: "disclosure.no-retention" }),
    ...when(withdrawal === "", "/terms/withdrawal", { key: "disclosure.no-withdrawal" }),
    ...when(isAdvertising && purposes.length === 0, "/terms/purposes", {
      key: "disclosure.no-purpose",
    }),
    ...when(isAdvertising && channels.length === 0, "/terms/channels", {
      key: "disclosure.no-channel",
    }),
    ...when(!isAdvertising && purposes.length + channels.length > 0, "/terms/purposes", {
      key: "disclosure.data-alone",
    }),
    ...when(unknown !== undefined, "/terms/purposes", {
      key: "purpose.unknown",
      values: { purpose: unknown ?? "", known: allPurposes.map(({ key }) => key).join(", ") },
    }),
  ];
}

const when = (holds: boolean, path: string, message: Message): Fault[] =>
  holds ? [{ path, message }] : [];

type AgreedTerms = Pick<RecordConsent, "purposes" | "channels"> & { sellerId: SellerId };

/**
 * Finds the first thing that the person is said to have agreed to and that the published text does not ask for.
 * Nobody agrees to more than the words they were shown (GDPR art. 4(11); 47 CFR 64.1200(f)(9)).
 */
export function findTermsFault(terms: DisclosureTerms, agreed: AgreedTerms): Fault | null {
  if (terms.seller !== agreed.sellerId) {
    return { path: "/seller", message: { key: "disclosure.other-seller" } };
  }
  const purpose = agreed.purposes.findIndex(
    (asked) => !terms.purposes.some((node) => covers(node, asked)),
  );
  if (purpose !== -1) {
    const values = { purpose: agreed.purposes[purpose] ?? "" };
    const message = { key: "disclosure.other-purpose", values } as const;
    return { path: `/purposes/${purpose}`, message };
  }
  const channel = agreed.channels.findIndex((asked) => !terms.channels.includes(asked));
  if (channel === -1) return null;
  const values = { channel: agreed.channels[channel] ?? "" };
  return { path: `/channels/${channel}`, message: { key: "disclosure.other-channel", values } };
}

/** True if two texts have the same words. Browsers break and indent lines as they like. */
export const isSameWording = (shown: string, published: string) =>
  normalizeText(shown) === normalizeText(published);
