import { z } from "zod";
import { Channel, type Phone, Region, WrittenPhone, readPhone } from "../../people/phone/index.ts";
import { PurposeKey, findPurpose } from "../../account/purpose/index.ts";
import { WrittenInstant, isPlausible } from "../../platform/time/index.ts";
import { ConsentSource, Language } from "./consent.ts";
import { Evidence, optionalText } from "./evidence.ts";
import type { SellerId } from "../../platform/ids.ts";
import { type Fault, listInvalidFields } from "../../platform/message/index.ts";
import { type SellerKey, findSeller } from "../../account/seller/index.ts";

/** Text that the person was shown: a published disclosure, or the text itself. */
export const DisclosureShown = z.union([
  z.strictObject({ id: z.uuid(), version: z.int().min(1) }),
  z.strictObject({
    text: z.string().trim().min(1).max(20_000),
    language: Language,
  }),
]);
export type DisclosureShown = z.infer<typeof DisclosureShown>;

/** Owner of the phone, as far as the source knows. Unknown fields are ignored. */
export const ConsentContact = z.object({
  /** The organization's own ID for this person. Never cut, because a cut ID could be another person's. */
  externalId: z
    .string()
    .trim()
    .max(128)
    .nullish()
    .transform((text) => text || undefined)
    .optional(),
  name: optionalText(200),
  email: z.email().max(254).optional().catch(undefined),
});
export type ConsentContact = z.infer<typeof ConsentContact>;

/** A consent to record, as the API takes it (contract 6). Our own forms and pages have other inputs. */
export const RecordConsent = z.strictObject({
  /** A number in any format. */
  phone: WrittenPhone,
  /** Country of a number that is written without `+`. */
  region: Region.optional(),
  contact: ConsentContact.nullish()
    .transform((contact) => contact ?? undefined)
    .optional(),
  /** Key or ID. Default: the organization's only seller. */
  seller: z.string().max(64).optional(),
  purposes: z.array(PurposeKey).min(1).max(20),
  channels: z.array(Channel).min(1).max(Channel.options.length),
  source: ConsentSource,
  disclosure: DisclosureShown,
  /** Time at which the person agreed. */
  obtainedAt: WrittenInstant,
  /** End of the consent, if the person was told of one. */
  validUntil: WrittenInstant.optional(),
  evidence: Evidence,
});
export type RecordConsent = z.infer<typeof RecordConsent>;

/** A consent from older records. Its text may be lost. */
export const ImportConsent = RecordConsent.extend({ disclosure: DisclosureShown.optional() });
export type ImportConsent = z.infer<typeof ImportConsent>;

/** Sellers and purposes that a consent may name, the region of a number that names none, and the current time. */
export type ConsentLookups = {
  sellers: readonly { id: SellerId; key: SellerKey }[];
  purposes: readonly { key: PurposeKey }[];
  region: string;
  now: Date;
};

export type ResolvedConsent =
  | { phone: Phone; sellerId: SellerId; fault?: never }
  | { fault: Fault; phone?: never; sellerId?: never };

/** Finds the phone and the seller that a consent names, or else its first fault. Does not look its text up. */
export function resolveConsent(
  consent: ImportConsent,
  { sellers, purposes, region, now }: ConsentLookups,
): ResolvedConsent {
  const { seller, fault: sellerFault } = findSeller(sellers, consent.seller);
  if (sellerFault) return { fault: { path: "/seller", message: sellerFault } };

  for (const [index, purpose] of consent.purposes.entries()) {
    const { fault } = findPurpose(purposes, purpose);
    if (fault) return { fault: { path: `/purposes/${index}`, message: fault } };
  }
  const read = readPhone(consent.phone, (consent.region ?? region).toUpperCase());
  if ("fault" in read) return { fault: { path: "/phone", message: read.fault } };

  const fault = findTimeFault(consent, now);
  return fault ? { fault } : { phone: read.phone, sellerId: seller.id };
}

/** Finds why a consent's times are invalid; null if they are valid. Nobody has consented in the future. */
export function findTimeFault({ obtainedAt, validUntil }: ImportConsent, now: Date): Fault | null {
  if (!isPlausible(obtainedAt)) {
    const value = obtainedAt.toISOString();
    return { path: "/obtainedAt", message: { key: "fault.instant-odd", values: { value } } };
  }
  if (obtainedAt > now) {
    const values = { obtainedAt, now };
    return { path: "/obtainedAt", message: { key: "error.consent-from-the-future", values } };
  }
  if (validUntil !== undefined && validUntil <= obtainedAt) {
    const values = { obtainedAt, validUntil };
    return { path: "/validUntil", message: { key: "error.consent-ends-before-it-begins", values } };
  }
  return null;
}

const textWithin = (maxLength: number) => z.string().trim().max(maxLength).nullish();

/**
 * The expected form of `contact` and `evidence`. `RecordConsent` takes more: it cuts long texts, leaves out unknown
 * contact fields and invalid email addresses, and stores an odd `ip` or `url` as it came.
 */
const WellFormedFields = z.object({
  contact: z
    .strictObject({
      externalId: textWithin(128),
      name: textWithin(200),
      email: z.email().nullish(),
    })
    .nullish(),
  evidence: z
    .object({
      act: textWithin(200),
      ip: z.union([z.ipv4(), z.ipv6()]).nullish(),
      userAgent: textWithin(1_024),
      url: z.url().max(2_048).nullish(),
      recording: textWithin(2_048),
      scan: textWithin(2_048),
    })
    .optional(),
});

/**
 * Lists the fields of a recorded consent that were not stored as they were sent, or look odd: `contact.name`. The notes
 * of the response name them.
 */
export const listOddConsentFields = (sent: unknown) => listInvalidFields(WellFormedFields, sent);
