import type { PhoneId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/** The phones of the people whose mailbox it is, and of those who gave it to a form. */
export async function phonesOfMailbox(
  { db, organizationId }: TransactionContext,
  email: string,
): Promise<PhoneId[]> {
  const rows = await db.$queryRaw<{ id: PhoneId }[]>`
    SELECT phone_id AS id FROM contact
    JOIN contact_phone ON contact_phone.organization_id = contact.organization_id
      AND contact_id = contact.id
    WHERE contact.organization_id = ${organizationId}::uuid AND lower(email) = lower(${email})
    UNION
    SELECT phone_id FROM confirmation
    WHERE organization_id = ${organizationId}::uuid AND lower(email) = lower(${email})
    ORDER BY id`;
  return rows.map(({ id }) => id);
}
