import { z } from "zod";
import { said } from "../../platform/message/index.ts";
import { CalledParty, type Phone, Region, WrittenPhone, readPhone } from "../phone/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { Zone } from "../../platform/time/index.ts";
import { type RejectedRow, readRow, rejected } from "../../platform/rows/index.ts";
import table from "../../../data/subdivisions.json" with { type: "json" };
import { ContactId } from "../../platform/ids.ts";

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

const knownRegions = new Set(
  Object.entries(table.subdivisions).flatMap(([country, subdivisions]) => [
    country,
    ...subdivisions.split(" ").map((subdivision) => `${country}-${subdivision}`),
  ]),
);

/** A subdivision of ISO 3166-2 (`US-TX`), or a country of ISO 3166-1 (`DE`). */
export const isAddressRegion = (code: string) => knownRegions.has(code) && !code.endsWith("-");

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

export type ReadContactRow = { status: "read"; line: number; row: ContactRow; phones: Phone[] };

/** A person as a row tells of them, or what is wrong with it. `region` is for numbers without `+`. */
export function readContactRow(
  line: number,
  sent: unknown,
  region: string,
): ReadContactRow | RejectedRow {
  const { row, fault } = readRow(ContactRow, sent);
  if (fault) return rejected(line, fault.message, fault.path);

  const phones: Phone[] = [];
  for (const { text, path } of listNumbers(row)) {
    const read = readPhone(text, (row.region ?? region).toUpperCase());
    if ("fault" in read) return rejected(line, read.fault, path);
    phones.push(read.phone);
  }
  return { status: "read", line, row, phones };
}

const listNumbers = ({ phone, phones }: ContactRow) => [
  ...(phone?.trim() ? [{ text: phone, path: "/phone" }] : []),
  ...phones.map((text, index) => ({ text, path: `/phones/${index}` })),
];

/** A page of contacts, last added first. */
export const ListContacts = z.object({
  /** A phone as people write it, an external id, or a part of a name. */
  search: z.string().trim().max(128).optional(),
  /** A country takes in its subdivisions. */
  addressRegion: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
    .optional(),
  calledParty: CalledParty.optional(),
  /** `next` of the page before. */
  after: ContactId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListContacts = z.infer<typeof ListContacts>;
