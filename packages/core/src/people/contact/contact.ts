import { z } from "zod";
import { withMessage } from "../../platform/message/index.ts";
import {
  CalledParty,
  type Phone,
  Region,
  WrittenPhone,
  isAddressRegion,
  readPhone,
} from "../phone/index.ts";
import { removeHidden, storableText } from "../../platform/text/index.ts";
import { Zone } from "../../platform/time/index.ts";
import { type RejectedRow, readRow, rejected } from "../../platform/rows/index.ts";
import { ContactId } from "../../platform/ids.ts";

/** Further facts about a person: plain values by name. */
export const Attributes = z
  .record(
    storableText(64).min(1),
    z.union([storableText(1_000), z.number(), z.boolean(), z.null()]),
  )
  .refine(
    (attributes) => Object.keys(attributes).length <= 100,
    withMessage("contact.attributes-many"),
  );
export type Attributes = z.infer<typeof Attributes>;

/** An optional text. Empty counts as left out; null clears the field. */
const field = (maxLength: number) =>
  storableText(maxLength)
    .transform((text) => text || undefined)
    .nullish();

/** A person's name. Most come from files, which must not fail because of a character that nobody sees. */
const contactName = storableText(256)
  .transform((text) => removeHidden(text) || undefined)
  .nullish();

const AddressRegion = z
  .string()
  .toUpperCase()
  .refine(isAddressRegion, withMessage("contact.region-unknown"));
const Email = z.email(withMessage("contact.email-invalid"));
const LanguageTag = z
  .string()
  .transform((text) => text.replaceAll("_", "-"))
  .refine(isLanguageTag, withMessage("contact.locale-unknown"));

/**
 * A person as a request or a file describes them. Fields that are left out stay as they were. Null clears the name,
 * email address, locale, zone or address region; an external id or called party can be changed, but not cleared.
 * Strict, because a misspelled field would otherwise be lost silently.
 */
export const ContactRow = z.strictObject({
  externalId: storableText(128)
    .transform((text) => text || undefined)
    .optional(),
  name: contactName,
  email: field(254).pipe(Email.nullish()),
  /** BCP 47: `en`, `ru-RU`. */
  locale: field(35).pipe(LanguageTag.nullish()),
  /** IANA name. */
  zone: field(64).pipe(Zone.nullish()),
  addressRegion: field(6).pipe(AddressRegion.nullish()),
  calledParty: CalledParty.optional(),
  /** Merged into the stored attributes by name; null removes one. */
  attributes: Attributes.optional(),
  /** One more number beside `phones`, in any format. Empty counts as left out. */
  phone: WrittenPhone.optional(),
  /** Numbers in any format. They are added to the stored ones. */
  phones: z.array(WrittenPhone).max(20, withMessage("contact.phones-many")).default([]),
  /** Country of numbers written without `+`. */
  region: Region.optional(),
});
export type ContactRow = z.infer<typeof ContactRow>;

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A row that could be read, with its numbers. `line` is its line in the request or file. */
export type ReadContactRow = { status: "read"; line: number; row: ContactRow; phones: Phone[] };

/**
 * Reads a person from a row, or says what is wrong with it. `region` is the country of numbers without `+`.
 */
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

/** Lists the written numbers of a row with their JSON pointers, in the order of `ReadContactRow.phones`. */
export const listNumbers = ({ phone, phones }: Pick<ContactRow, "phone" | "phones">) => [
  ...(phone?.trim() ? [{ text: phone, path: "/phone" }] : []),
  ...phones.map((text, index) => ({ text, path: `/phones/${index}` })),
];

/** Asks for a page of contacts, last added first. */
export const ListContacts = z.object({
  /** A phone number in any format, an external id, or part of a name. */
  search: z.string().trim().max(128).optional(),
  /** A country includes its subdivisions. */
  addressRegion: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
    .optional(),
  calledParty: CalledParty.optional(),
  /** `next` of the previous page. */
  after: ContactId.optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListContacts = z.infer<typeof ListContacts>;
