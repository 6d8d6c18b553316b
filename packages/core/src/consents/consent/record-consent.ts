import { z } from "zod";
import { Channel, type Phone, Region, WrittenPhone, readPhone } from "../../people/phone/index.ts";
import { PurposeKey, findPurpose } from "../../account/purpose/index.ts";
import { WrittenInstant, isPlausible } from "../../platform/time/index.ts";
import { ConsentSource } from "./consent.ts";
import { Evidence, kept } from "./evidence.ts";
import type { SellerId } from "../../platform/ids.ts";
import { type Fault, type Message, listInvalidFields } from "../../platform/message/index.ts";
import { type SellerKey, findSeller } from "../../account/seller/index.ts";

const text = (maxLength: number) => z.string().max(maxLength).nullish();

/** The words that the person was shown: of a published disclosure, or as they stood. */
export const DisclosureShown = z.union([
  z.strictObject({ id: z.uuid(), version: z.int().min(1) }),
  z.strictObject({
    text: z.string().trim().min(1).max(20_000),
    /** BCP 47. */
    language: z
      .string()
      .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/)
      .max(35),
  }),
]);
export type DisclosureShown = z.infer<typeof DisclosureShown>;

/** Whose phone it is, as far as the source of the consent knows. What else is said of them loses none. */
export const ConsentContact = z.object({
  /** The organization's own name for this person; cut, it would be another's. */
  externalId: z
    .string()
    .trim()
    .max(128)
    .nullish()
    .transform((text) => text || undefined)
    .optional(),
  name: kept(200),
  email: z.email().max(254).optional().catch(undefined),
});
export type ConsentContact = z.infer<typeof ConsentContact>;

/** A consent to be put on record (contract 6): read by the API, by tRPC and by the form. */
export const RecordConsent = z.strictObject({
  /** As people write it. */
  phone: WrittenPhone,
  /** How a number written without `+` is read. */
  region: Region.optional(),
  contact: ConsentContact.nullish()
    .transform((contact) => contact ?? undefined)
    .optional(),
  /** Key or id. */
  seller: z.string().max(64).optional(),
  purposes: z.array(PurposeKey).min(1).max(20),
  channels: z.array(Channel).min(1).max(Channel.options.length),
  source: ConsentSource,
  disclosure: DisclosureShown,
  /** When the person agreed. */
  obtainedAt: WrittenInstant,
  /** When it ends, where the person was told so. */
  validUntil: WrittenInstant.optional(),
  evidence: Evidence,
});
export type RecordConsent = z.infer<typeof RecordConsent>;

/** A consent of older records, with what proof there is: the words may be lost. */
export const ImportConsent = RecordConsent.extend({ disclosure: DisclosureShown.optional() });
export type ImportConsent = z.infer<typeof ImportConsent>;

/** What a consent may name, how its number is read, and the time after which none can have been. */
export type ConsentWorld = {
  sellers: readonly { id: SellerId; key: SellerKey }[];
  purposes: readonly { key: PurposeKey }[];
  region: string;
  now: Date;
};

export type ReadConsent =
  | { phone: Phone; sellerId: SellerId; fault?: never }
  | { fault: Fault; phone?: never; sellerId?: never };

/** Whose consent it is and to whom, or the first reason why it cannot be put on record. */
export function readConsent(
  consent: ImportConsent,
  { sellers, purposes, region, now }: ConsentWorld,
): ReadConsent {
  const { seller, fault: unnamed } = findSeller(sellers, consent.seller);
  if (unnamed) return { fault: { path: "/seller", message: unnamed } };

  for (const [index, purpose] of consent.purposes.entries()) {
    const { fault } = findPurpose(purposes, purpose);
    if (fault) return { fault: { path: `/purposes/${index}`, message: fault } };
  }
  const read = readPhone(consent.phone, (consent.region ?? region).toUpperCase());
  if ("fault" in read) return { fault: { path: "/phone", message: read.fault } };

  const message = timeFault(consent, now);
  return message ? { fault: message } : { phone: read.phone, sellerId: seller.id };
}

function timeFault(consent: ImportConsent, now: Date): Fault | null {
  const { obtainedAt, validUntil } = consent;
  if (!isPlausible(obtainedAt)) {
    const value = obtainedAt.toISOString();
    return { path: "/obtainedAt", message: { key: "fault.instant-odd", values: { value } } };
  }
  const message = grantFault(consent, now);
  if (message === null) return null;
  return { path: obtainedAt > now || !validUntil ? "/obtainedAt" : "/validUntil", message };
}

/** Why a consent cannot be put on record, if it cannot. Nobody has agreed yet to what lies ahead. */
export function grantFault({ obtainedAt, validUntil }: ImportConsent, now: Date): Message | null {
  if (obtainedAt > now) {
    return { key: "error.consent-from-the-future", values: { obtainedAt, now } };
  }
  if (validUntil !== undefined && validUntil <= obtainedAt) {
    return { key: "error.consent-ends-before-it-begins", values: { obtainedAt, validUntil } };
  }
  return null;
}

/** What is kept, or left out, wherever it is not like this. */
const AsItShouldBe = z.object({
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

/** Which fields of a consent could not be read as sent, or were cut, so that its answer can say so in `notes`. */
export const unreadOfConsent = (sent: unknown) =>
  listInvalidFields(AsItShouldBe, sent).filter((name) => name.includes("."));
