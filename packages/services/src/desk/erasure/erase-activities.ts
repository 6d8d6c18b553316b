import type { ContactId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";

/**
 * What people did stays, with when and for how much, and nothing of what it was: the sender's ids,
 * categories and properties go, and what was summed up of each. The contacts are erased already, without
 * which the database refuses. Tells how many activities said something.
 */
export async function eraseActivities(
  { db, organizationId }: TransactionContext,
  contactIds: readonly ContactId[],
): Promise<number> {
  const contacts = await db.contact.findMany({
    where: { organizationId, id: { in: [...contactIds] } },
    select: { ordinal: true },
  });
  const ordinals = contacts.map(({ ordinal }) => ordinal);
  const where = { organizationId, contactOrdinal: { in: ordinals } };
  await db.preferenceRollup.deleteMany({ where });
  await db.activityRollup.deleteMany({ where });
  return db.$executeRaw`
    UPDATE activity SET key = 'erased/' || gen_random_uuid(), category = NULL, properties = '{}'
    WHERE organization_id = ${organizationId}::uuid AND contact_ordinal = ANY (${ordinals}::int[])
      AND key NOT LIKE 'erased/%'`;
}
