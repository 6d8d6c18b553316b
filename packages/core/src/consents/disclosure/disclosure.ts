import { z } from "zod";
import { type RecordConsent, Statement } from "../consent/index.ts";
import { Channel } from "../../people/phone/index.ts";
import { DisclosureId, SellerId } from "../../platform/ids.ts";
import { PurposeKey, covers } from "../../account/purpose/index.ts";
import { storableText } from "../../platform/text/index.ts";
import type { Fault, Message } from "../../platform/message/index.ts";
import { comparableText } from "../form-check/index.ts";

/**
 * What a disclosure asks leave for: calls and messages that advertise (38-FZ art. 18, TCPA, PECR), or
 * the processing of personal data (152-FZ art. 9, which wants a document of its own).
 */
export const DisclosureAsks = z.enum(["advertising", "personal_data"]);
export type DisclosureAsks = z.infer<typeof DisclosureAsks>;

/** BCP 47. */
export const Language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/)
  .max(35);

/** What a published text commits to. Personal data are processed for no purpose of calls, by no channel. */
export const DisclosureTerms = z.strictObject({
  /** What the organization calls it. */
  title: storableText(200).min(1),
  asks: DisclosureAsks,
  /** To whom consent is given. */
  seller: SellerId,
  purposes: z.array(PurposeKey).max(20),
  channels: z.array(Channel).max(Channel.options.length),
  /** Which of the elements that rules require the text states. */
  states: z.array(Statement).max(Statement.options.length),
  /** How long what is collected is kept, as the person is told. */
  retention: storableText(500),
  /** How it is taken back, as the person is told. */
  withdrawal: storableText(500),
  /** After how many days the consent ends; left out, it does not end by itself. */
  validDays: z.int().min(1).max(36_500).optional(),
});
export type DisclosureTerms = z.infer<typeof DisclosureTerms>;

/** A disclosure as it is worked on: a new one, or the next version of the one whose id it names. */
export const DraftDisclosure = z.strictObject({
  id: DisclosureId.optional(),
  language: Language,
  text: storableText(20_000),
  terms: DisclosureTerms.extend({
    /** Key or id; left out, the organization's only seller. */
    seller: z.string().max(64).optional(),
  }),
});
export type DraftDisclosure = z.infer<typeof DraftDisclosure>;

/** A version that may be shown to people. */
export type PublishedDisclosure = {
  id: DisclosureId;
  version: number;
  language: string;
  text: string;
  terms: DisclosureTerms;
};

type Draft = { text: string; terms: DisclosureTerms };

/** All that stands against the publication of a text: what it asks has to be said by its terms. */
export function publicationFaults(
  { text, terms }: Draft,
  known: readonly { key: PurposeKey }[],
): Fault[] {
  const { asks, purposes, channels, retention, withdrawal } = terms;
  const isAdvertising = asks === "advertising";
  const strange = purposes.find((purpose) => !known.some(({ key }) => key === purpose));
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
    ...when(strange !== undefined, "/terms/purposes", {
      key: "purpose.unknown",
      values: { purpose: strange ?? "", known: known.map(({ key }) => key).join(", ") },
    }),
  ];
}

const when = (holds: boolean, path: string, message: Message): Fault[] =>
  holds ? [{ path, message }] : [];

type Agreed = Pick<RecordConsent, "purposes" | "channels"> & { sellerId: SellerId };

/**
 * What somebody is said to have agreed to and a published text does not ask, if there is such a thing:
 * nobody agrees to more than the words that they were shown (GDPR art. 4(11); 47 CFR 64.1200(f)(9)).
 */
export function termsFault(terms: DisclosureTerms, agreed: Agreed): Fault | null {
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

/** Whether two texts are the same words: browsers break and indent lines as they like. */
export const isSameWords = (shown: string, published: string) =>
  comparableText(shown) === comparableText(published);
