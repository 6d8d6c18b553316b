import type { KnownContact, PlannedRow } from "@ringfence/core/people/contact";
import type { TransactionContext } from "../../platform/context.ts";

/** Every contact that has an external id or a phone of these rows; who was erased is none of them. */
export const readKnownContacts = (
  { db, organizationId }: TransactionContext,
  rows: readonly PlannedRow[],
): Promise<KnownContact[]> => {
  const externalIds = rows.flatMap(({ row }) => row.externalId ?? []);
  const phoneIds = rows.flatMap(({ phoneIds }) => phoneIds);
  return db.$queryRaw<KnownContact[]>`
    SELECT id, external_id AS "externalId", name, email, locale, zone,
      address_region AS "addressRegion", called_party AS "calledParty", attributes,
      ARRAY (
        SELECT phone_id FROM contact_phone
        WHERE organization_id = ${organizationId}::uuid AND contact_id = contact.id
      ) AS "phoneIds"
    FROM contact
    WHERE organization_id = ${organizationId}::uuid AND erased_at IS NULL AND id IN (
      SELECT id FROM contact
      WHERE organization_id = ${organizationId}::uuid AND external_id = ANY (${externalIds})
      UNION
      SELECT contact_id FROM contact_phone
      WHERE organization_id = ${organizationId}::uuid AND phone_id = ANY (${phoneIds}::uuid[])
    )`;
};
