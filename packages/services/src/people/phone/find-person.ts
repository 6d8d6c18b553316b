import { ContactId, PhoneId } from "@ringfence/core/ids";
import { CalledParty, Phone } from "@ringfence/core/people/phone";
import { z } from "zod";
import type { TransactionContext } from "../../platform/internal.ts";

const OwnerContact = z.object({
  id: ContactId,
  name: z.string().nullable(),
  locale: z.string().nullable(),
  /** IANA time zone, if known. */
  zone: z.string().nullable(),
  addressRegion: z.string().nullable(),
  calledParty: CalledParty,
});

/** The contacts who have a phone, and their other phones. Several people may share a phone. */
export type Person = {
  contacts: readonly z.infer<typeof OwnerContact>[];
  /** `phone` is null if the number was erased. */
  otherPhones: readonly { id: PhoneId; phone: Phone | null }[];
};

export const unknownPerson: Person = { contacts: [], otherPhones: [] };

/**
 * Finds the contacts who have a phone, and their other phones; `unknownPerson` if no contact has it. Contacts whose data
 * was erased and phones whose number was erased are included.
 */
export async function findPerson(
  { db, organizationId }: TransactionContext,
  phoneId: PhoneId,
): Promise<Person> {
  const rows = await db.contact.findMany({
    where: { organizationId, phones: { some: { phoneId } } },
    include: { phones: { select: { phone: { select: { id: true, e164: true } } } } },
    orderBy: { id: "asc" },
  });
  const phones = new Map(
    rows.flatMap(({ phones }) =>
      phones.map(({ phone: { id, e164 } }) => [
        PhoneId.parse(id),
        e164 === null ? null : Phone.parse(e164),
      ]),
    ),
  );
  phones.delete(phoneId);
  return {
    contacts: rows.map((row) => OwnerContact.parse(row)),
    otherPhones: [...phones].map(([id, phone]) => ({ id, phone })),
  };
}
