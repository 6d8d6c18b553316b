import { sql } from "kysely";
import { z } from "zod";
import type { ErasePerson } from "@ringfence/core/desk/erasure";
import { ContactId, PhoneId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { ServiceError, type TransactionContext, selectRows } from "../../platform/internal.ts";

/** Whom an erasure is about: contacts, and their phones, which are either theirs alone or shared. */
export type ErasablePerson = {
  contactIds: ContactId[];
  /** Phones that are theirs alone. `phone` is null if the number was erased before. */
  phones: { id: PhoneId; phone: Phone | null }[];
  /** Phones that also belong to somebody who is not erased. */
  sharedPhoneIds: PhoneId[];
};

/**
 * Finds a contact with their phones, or a phone with all of its contacts and all of their phones. Contacts and numbers
 * that were erased before are found too. Throws `not-found` if there is no such contact or phone.
 */
export async function findErasablePerson(
  { db, organizationId }: TransactionContext,
  person: ErasePerson["person"],
): Promise<ErasablePerson> {
  const givenPhoneIds = "phoneId" in person ? [person.phoneId] : [];
  const contacts = await db.contact.findMany({
    where: {
      organizationId,
      ...("contactId" in person
        ? { id: person.contactId }
        : { phones: { some: { phoneId: person.phoneId } } }),
    },
    select: { id: true, phones: { select: { phoneId: true } } },
  });
  const contactIds = contacts.map(({ id }) => ContactId.parse(id));
  const theirs = contacts.flatMap(({ phones }) => phones.map(({ phoneId }) => phoneId));
  const rows = await selectRows(
    { db },
    z.object({ id: PhoneId, phone: Phone.nullable(), isShared: z.boolean() }),
    sql`
    SELECT id, e164 AS phone, EXISTS (
        SELECT FROM contact_phone AS other JOIN contact
          ON contact.organization_id = other.organization_id AND contact.id = contact_id
        WHERE other.organization_id = ${organizationId}::uuid AND other.phone_id = phone.id
          AND contact_id <> ALL (${contactIds}::uuid[]) AND erased_at IS NULL
      ) AS "isShared"
    FROM phone
    WHERE organization_id = ${organizationId}::uuid
      AND id = ANY (${[...theirs, ...givenPhoneIds]}::uuid[])
    ORDER BY id`,
  );
  if (contactIds.length === 0 && rows.length === 0) {
    throw new ServiceError("not-found", { key: "erasure.nobody" });
  }
  return {
    contactIds,
    phones: rows.filter(({ isShared }) => !isShared).map(({ id, phone }) => ({ id, phone })),
    sharedPhoneIds: rows.filter(({ isShared }) => isShared).map(({ id }) => id),
  };
}
