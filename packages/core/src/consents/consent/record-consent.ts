import { z } from "zod";
import { Channel, type Phone, Region, WrittenPhone, readPhone } from "../../people/phone/index.ts";
import { PurposeKey, findPurpose } from "../../account/purpose/index.ts";
import { WrittenInstant, isPlausible } from "../../platform/time/index.ts";
import { ConsentSource, Language } from "./consent.ts";
import { Evidence, optionalText } from "./evidence.ts";
import type { SellerId } from "../../platform/ids.ts";
import { type Fault, type Message, listInvalidFields } from "../../platform/message/index.ts";
import { type SellerKey, findSeller } from "../../account/seller/index.ts";

const text = (maxLength: number) => z.string().max(maxLength).nullish();

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

/** Resolves the phone and seller of a consent, or the first fault in it. Its text is not looked up here. */
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

  const message = findTimeFault(consent, now);
  return message ? { fault: message } : { phone: read.phone, sellerId: seller.id };
}

function findTimeFault(consent: ImportConsent, now: Date): Fault | null {
  const { obtainedAt, validUntil } = consent;
  if (!isPlausible(obtainedAt)) {
    const value = obtainedAt.toISOString();
    return { path: "/obtainedAt", message: { key: "fault.instant-odd", values: { value } } };
  }
  const message = findGrantFault(consent, now);
  if (message === null) return null;
  return { path: obtainedAt > now || !validUntil ? "/obtainedAt" : "/validUntil", message };
}

/** Finds why a consent's times are invalid; null if they are valid. Nobody has consented in the future. */
export function findGrantFault(
  { obtainedAt, validUntil }: ImportConsent,
  now: Date,
): Message | null {
  if (obtainedAt > now) {
    return { key: "error.consent-from-the-future", values: { obtainedAt, now } };
  }
  if (validUntil !== undefined && validUntil <= obtainedAt) {
    return { key: "error.consent-ends-before-it-begins", values: { obtainedAt, validUntil } };
  }
  return null;
}

/**
 * A consent with well-formed fields only. Otherwise long texts are cut, unknown contact fields and invalid email
 * addresses are left out, and an odd `ip` or `url` is stored as it came.
 */
const WellFormedConsent = z.object({
  contact: z
    .strictObject({ externalId: text(128), name: text(200), email: z.email().nullish() })
    .nullish(),
  evidence: z
    .object({
      act: text(200),
      ip: z.union([z.ipv4(), z.ipv6()]).nullish(),
      userAgent: text(1_024),
      url: z.url().max(2_048).nullish(),
      recording: text(2_048),
      scan: text(2_048),
    })
    .optional(),
});

/** Finds the fields of `contact` and `evidence` that are not well-formed, for the `notes` of the response. */
export const findUnreadConsentFields = (sent: unknown) =>
  listInvalidFields(WellFormedConsent, sent).filter((name) => name.includes("."));
