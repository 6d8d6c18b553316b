import { z } from "zod";
import { Region, WrittenPhone } from "../../people/phone/index.ts";
import { PurposeKey } from "../../account/purpose/index.ts";
import { WrittenInstant } from "../../platform/time/index.ts";
import { ConsentSource } from "./consent.ts";
import { Channel } from "../../people/phone/index.ts";
import { Evidence } from "./evidence.ts";
import { kept } from "./kept.ts";

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
