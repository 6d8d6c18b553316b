import type { ListContacts } from "@ringfence/core/people/contact";
import type { ContactId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import type { TransactionContext } from "../../platform/context.ts";
import { findPhoneBySearch } from "../phone/find-phone.ts";

/**
 * The ids of the contacts that a search and its filters mean, last added first, one more than the
 * page holds. Each way to name a person is a branch of its own, so that each has its index.
 */
export const findContacts = async (
  ctx: TransactionContext,
  { search, addressRegion, calledParty, after, limit }: ListContacts,
): Promise<ContactId[]> => {
  const { db, organizationId } = ctx;
  const text = search ? mendText(search) : null;
  const phoneId = text === null ? null : await findPhoneBySearch(ctx, text);
  const name = `%${(text ?? "").replaceAll(/[\\%_]/g, "\\$&")}%`;
  const [region, party, below] = [addressRegion ?? null, calledParty ?? null, after ?? null];

  const rows = await db.$queryRaw<{ id: ContactId }[]>`
    WITH listed AS NOT MATERIALIZED (
      SELECT id, external_id, name FROM contact
      WHERE organization_id = ${organizationId}::uuid AND erased_at IS NULL
        AND (${below}::uuid IS NULL OR id < ${below}::uuid)
        AND (${region}::text IS NULL OR address_region = ${region}
          OR address_region LIKE ${region} || '-%')
        AND (${party}::text IS NULL OR called_party = ${party})
    )
    (SELECT id FROM listed WHERE ${text}::text IS NULL OR name ILIKE ${name}
      ORDER BY id DESC LIMIT ${limit + 1})
    UNION
    (SELECT id FROM listed WHERE external_id = ${text})
    UNION
    (SELECT id FROM listed WHERE id IN (
      SELECT contact_id FROM contact_phone
      WHERE organization_id = ${organizationId}::uuid AND phone_id = ${phoneId}::uuid
    ))
    ORDER BY id DESC LIMIT ${limit + 1}`;
  return rows.map(({ id }) => id);
};
