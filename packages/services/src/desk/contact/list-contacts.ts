import { sql } from "kysely";
import { z } from "zod";
import {
  type TransactionContext,
  maskPhoneFor,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { ListContactsByStep } from "@ringfence/core/desk/overview";
import { loadContactStandings } from "./contact-standings.ts";
import { findContactsAtStep } from "../overview/internal.ts";
import { ContactId } from "@ringfence/core/ids";
import { mendText } from "@ringfence/core/platform/text";
import { findPhoneBySearch } from "../../people/phone/internal.ts";

/** Lists contacts, last added first. Numbers may be masked; opening a contact shows them whole. */
export const listContacts = query({
  name: "listContacts",
  action: "contact.read",
  input: ListContactsByStep,
  run: async (ctx, input) => {
    const { db, organizationId } = ctx;
    const found = await findContacts(ctx, input);
    const rows = await db.contact.findMany({
      where: { organizationId, id: { in: found.slice(0, input.limit) } },
      orderBy: { id: "desc" },
      include: { phones: { select: { phone: { select: { id: true, e164: true } } } } },
    });
    const standings = await loadContactStandings(
      ctx,
      rows.map(({ id }) => id),
    );
    const items = rows.map(({ phones, ...contact }) => ({
      id: contact.id,
      externalId: contact.externalId,
      name: contact.name,
      addressRegion: contact.addressRegion,
      zone: contact.zone,
      calledParty: contact.calledParty,
      createdAt: contact.createdAt,
      phones: phones.map(({ phone: { id, e164 } }) => ({
        id,
        e164: e164 === null ? null : maskPhoneFor(ctx.actor, e164),
      })),
      standing: standings.get(contact.id) ?? null,
    }));
    return { items, next: found.length > input.limit ? (found[input.limit - 1] ?? null) : null };
  },
  audit: ({ items }) => (items.length > 0 ? { listed: items.length } : null),
});

/**
 * Finds the ids of contacts by search and filters, last added first: one more than the page holds. Each way
 * to name a person is a branch of its own, so that each uses its index.
 */
const findContacts = async (
  ctx: TransactionContext,
  { search, addressRegion, calledParty, ended, after, limit }: ListContactsByStep,
): Promise<ContactId[]> => {
  if (ended) return findContactsAtStep(ctx, { ...ended, after, take: limit + 1 });
  const { db, organizationId } = ctx;
  const text = search ? mendText(search) : null;
  const phoneId = text === null ? null : await findPhoneBySearch(ctx, text);
  const name = text === null ? null : `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const [region, party, below] = [addressRegion ?? null, calledParty ?? null, after ?? null];

  const rows = await selectRows(
    { db },
    z.object({ id: ContactId }),
    sql`
    WITH listed AS NOT MATERIALIZED (
      SELECT id, external_id, name FROM contact
      WHERE organization_id = ${organizationId}::uuid AND erased_at IS NULL
        AND (${below}::uuid IS NULL OR id < ${below}::uuid)
        AND (${region}::text IS NULL OR address_region = ${region}
          OR address_region LIKE ${region} || '-%')
        AND (${party}::text IS NULL OR called_party = ${party})
    )
    (SELECT id FROM listed WHERE ${text}::text IS NULL ORDER BY id DESC LIMIT ${limit + 1})
    UNION
    (SELECT contact_id FROM scope.contacts_named(${name}, ${below}, ${region}, ${party}, ${limit + 1}))
    UNION
    (SELECT id FROM listed WHERE external_id = ${text})
    UNION
    (SELECT id FROM listed WHERE id IN (
      SELECT contact_id FROM contact_phone
      WHERE organization_id = ${organizationId}::uuid AND phone_id = ${phoneId}::uuid
    ))
    ORDER BY id DESC LIMIT ${limit + 1}`,
  );
  return rows.map(({ id }) => id);
};
