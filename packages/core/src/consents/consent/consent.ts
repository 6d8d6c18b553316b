import { z } from "zod";
import { ConsentId, SellerId } from "../../platform/ids.ts";
import { Channel } from "../../people/phone/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";

/** Sources of consents. */
export const ConsentSource = z.enum([
  "newsletter",
  "website_form",
  "registration",
  "checkout",
  "phone",
  "paper",
  /** The person asked about the seller's goods. In some places that is a consent for a few days. */
  "enquiry",
  "import",
]);
export type ConsentSource = z.infer<typeof ConsentSource>;

/** Event in the life of a consent. `renewed` and `refused` count wherever events are read, but no verb records them. */
export const ConsentEventType = z.enum([
  "requested",
  "granted",
  "renewed",
  "refused",
  "withdrawn",
  "invalidated",
]);
export type ConsentEventType = z.infer<typeof ConsentEventType>;

/** BCP 47. */
export const Language = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/)
  .max(35);

/**
 * An event about consent to calls to one phone: it was asked for, given, refused, withdrawn or found invalid. All events
 * of the phone together say whether a call has consent (`determineStanding`). A new field that decides must also be in
 * `hashConsent` of services, or the MAC of an event does not cover it.
 */
export const ConsentEvent = z.object({
  consentId: ConsentId,
  type: ConsentEventType,
  sellerId: SellerId,
  purposes: z.array(PurposeKey).readonly(),
  channels: z.array(Channel).readonly(),
  /** Elements on record for it, in the words of the rules that require them: `seller_identity`, `signature`, … */
  elements: z.array(z.string()).readonly(),
  isWritten: z.boolean(),
  /** True if the person acted in a way that whoever records the consent cannot fake alone (contract 6). */
  isProven: z.boolean(),
  /**
   * True if it comes from older records, as the SQL function `is_imported` decides. It then counts only with proof of
   * the act and the text (`strongElements`).
   */
  isImported: z.boolean(),
  /** Time at which the person said it. */
  at: z.date(),
  validUntil: z.date().nullable(),
  /** Time of recording. */
  recordedAt: z.date(),
});
export type ConsentEvent = z.infer<typeof ConsentEvent>;

/** Elements that every recorded consent has, because phone, seller, purposes and time are mandatory. */
export const mandatoryElements = [
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
] as const;

/** Elements that rules may require of a consent, as named in the rules. */
export const Element = z.enum([
  ...mandatoryElements,
  // Derived from a consent's channels, source or evidence.
  "channel_voice",
  "autodialer_or_prerecorded_disclosure",
  "prerecorded_purpose_disclosure",
  "text_version",
  "affirmative_action",
  "signature",
  "subject_identity",
  "period",
  "enquiry",
  // Only the text can say them.
  "not_condition_of_purchase",
  "clear_and_conspicuous",
  "data_types",
  "right_to_withdraw",
  "revocation_info",
  "full_name",
  "address",
  "id_document",
  "operator_name_address",
  "list_of_data",
  "processor_name",
  "list_of_actions",
  "term_and_withdrawal_method",
]);
export type Element = z.infer<typeof Element>;

/** Input of the list of consents. */
export const ListConsents = z.object({
  /** A phone as people write it. */
  search: z.string().trim().max(64).optional(),
  source: ConsentSource.optional(),
  /** `weak`: an element of proof is missing, or it was invalidated. Both leave out what was only requested. */
  strength: z.enum(["sound", "weak"]).optional(),
  /** `next` of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListConsents = z.infer<typeof ListConsents>;
