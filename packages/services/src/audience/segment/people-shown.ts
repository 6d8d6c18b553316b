import { ContactId, PhoneId } from "@ringfence/core/ids";
import { phoneShown } from "../../platform/access/phone-shown.ts";
import type { TransactionContext } from "../../platform/context.ts";

/** A person of a segment. A number is masked unless whoever looks may take it away; null where erased. */
export type PersonShown = {
  id: ContactId;
  ordinal: number;
  externalId: string | null;
  name: string | null;
  phones: { id: PhoneId; number: string | null }[];
};

/** People by their ordinals, in the order of these. */
export async function peopleShown(
  { db, organizationId, actor }: TransactionContext,
  ordinals: readonly number[],
): Promise<PersonShown[]> {
  const contacts = await db.contact.findMany({
    where: { organizationId, ordinal: { in: [...ordinals] } },
    select: {
      id: true,
      ordinal: true,
      externalId: true,
      name: true,
      phones: { select: { phone: { select: { id: true, e164: true } } } },
    },
    orderBy: { ordinal: "asc" },
  });
  return contacts.map(({ id, phones, ...contact }) => ({
    ...contact,
    id: ContactId.parse(id),
    phones: phones.map(({ phone }) => ({
      id: PhoneId.parse(phone.id),
      number: phone.e164 === null ? null : phoneShown(actor, phone.e164),
    })),
  }));
}
