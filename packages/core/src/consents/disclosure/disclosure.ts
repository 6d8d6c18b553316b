import { z } from "zod";
import { Statement } from "../consent/index.ts";
import { Channel } from "../../people/phone/index.ts";
import { DisclosureId, SellerId } from "../../platform/ids.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { storableText } from "../../platform/text/index.ts";

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
