import { z } from "zod";
import { said } from "../../platform/message/index.ts";
import { CalledParty, Region, WrittenPhone } from "../phone/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Zone } from "../../platform/time/index.ts";
import { isAddressRegion } from "./is-address-region.ts";

/** What an organization knows of a person beside the fields below: plain values by name. */
export const Attributes = z
  .record(
    storableText(64).min(1),
    z.union([storableText(1_000), z.number(), z.boolean(), z.null()]),
  )
  .refine((attributes) => Object.keys(attributes).length <= 100, said("contact.attributes-many"));
export type Attributes = z.infer<typeof Attributes>;

/** An empty text says nothing of a field, as one that is left out; null clears it. */
const field = (maxLength: number) =>
  storableText(maxLength)
    .transform((text) => text || undefined)
    .nullish();

const AddressRegion = z
  .string()
  .toUpperCase()
  .refine(isAddressRegion, said("contact.region-unknown"));
const Email = z.email(said("contact.email-invalid"));
const Locale = z
  .string()
  .transform((text) => text.replace("_", "-"))
  .refine(isLocale, said("contact.locale-unknown"));

/**
 * A person, as a request or a file tells of them: what it leaves out stays as it was. Strict, as rows of
 * activities and calls are: what is misspelled would be lost, and the sender told that all is well.
 */
export const ContactRow = z.strictObject({
  externalId: storableText(128)
    .transform((text) => text || undefined)
    .optional(),
  name: field(256),
  email: field(254).pipe(Email.nullish()),
  /** BCP 47: `en`, `ru-RU`. */
  locale: field(35).pipe(Locale.nullish()),
  /** IANA name. */
  zone: field(64).pipe(Zone.nullish()),
  addressRegion: field(6).pipe(AddressRegion.nullish()),
  calledParty: CalledParty.optional(),
  /** Laid over those on record, name by name; null takes a name away. */
  attributes: Attributes.optional(),
  /** As people write it; one more of the `phones`. Empty, it says nothing. */
  phone: WrittenPhone.optional(),
  /** As people write them; added to those on record. */
  phones: z.array(WrittenPhone).max(20, said("contact.phones-many")).default([]),
  /** How a number written without `+` is read. */
  region: Region.optional(),
});
export type ContactRow = z.infer<typeof ContactRow>;

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
