import type { ContactId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { eraseActivities } from "./erase-activities.ts";

/**
 * What is known of people. Their rows stay, empty, with the ids of their phones: a refusal counts for
 * the person, over all phones, after this too.
 */
export async function eraseContacts(ctx: TransactionContext, contactIds: readonly ContactId[]) {
  const { db, organizationId, now } = ctx;
  const before = await db.contact.findMany({
    where: { organizationId, id: { in: [...contactIds] } },
    select: { name: true, email: true, externalId: true },
  });
  await db.$executeRaw`
    UPDATE contact SET external_id = NULL, name = NULL, email = NULL, locale = NULL, zone = NULL,
      address_region = NULL, attributes = '{}', erased_at = ${now}, updated_at = ${now}
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${contactIds}::uuid[])`;
  const having = (field: keyof (typeof before)[number]) =>
    before.filter((contact) => contact[field] !== null).length;
  return {
    name: having("name"),
    email: having("email"),
    external_id: having("externalId"),
    activity: await eraseActivities(ctx, contactIds),
  };
}
