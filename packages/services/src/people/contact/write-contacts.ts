import type { ContactPlan, KnownContact } from "@ringfence/core/people/contact";
import type { TransactionContext } from "../../platform/context.ts";

/** Carries out a plan. */
export const writeContacts = async (ctx: TransactionContext, { created, updated }: ContactPlan) => {
  await insertContacts(ctx, created);
  await updateContacts(ctx, updated);
  await addPhones(ctx, [...created, ...updated]);
};

const columnsOf = (contacts: readonly KnownContact[]) => ({
  ids: contacts.map(({ id }) => id),
  externalIds: contacts.map(({ externalId }) => externalId),
  names: contacts.map(({ name }) => name),
  emails: contacts.map(({ email }) => email),
  locales: contacts.map(({ locale }) => locale),
  zones: contacts.map(({ zone }) => zone),
  regions: contacts.map(({ addressRegion }) => addressRegion),
  parties: contacts.map(({ calledParty }) => calledParty),
  attributes: contacts.map(({ attributes }) => JSON.stringify(attributes)),
});

async function insertContacts(
  { db, organizationId, now }: TransactionContext,
  contacts: readonly KnownContact[],
) {
  if (contacts.length === 0) return;
  const c = columnsOf(contacts);
  await db.$executeRaw`
    INSERT INTO contact (organization_id, id, external_id, name, email, locale, zone,
      address_region, called_party, attributes, created_at, updated_at)
    SELECT ${organizationId}::uuid, id, external_id, name, email, locale, zone, region, party,
      attributes::jsonb, ${now}, ${now}
    FROM unnest(${c.ids}::uuid[], ${c.externalIds}::text[], ${c.names}::text[],
        ${c.emails}::text[], ${c.locales}::text[], ${c.zones}::text[], ${c.regions}::text[],
        ${c.parties}::text[], ${c.attributes}::text[])
      AS row (id, external_id, name, email, locale, zone, region, party, attributes)`;
}

async function updateContacts(
  { db, organizationId, now }: TransactionContext,
  contacts: readonly KnownContact[],
) {
  if (contacts.length === 0) return;
  const c = columnsOf(contacts);
  await db.$executeRaw`
    UPDATE contact SET external_id = row.external_id, name = row.name, email = row.email,
      locale = row.locale, zone = row.zone, address_region = row.region,
      called_party = row.party, attributes = row.attributes::jsonb, updated_at = ${now}
    FROM unnest(${c.ids}::uuid[], ${c.externalIds}::text[], ${c.names}::text[],
        ${c.emails}::text[], ${c.locales}::text[], ${c.zones}::text[], ${c.regions}::text[],
        ${c.parties}::text[], ${c.attributes}::text[])
      AS row (id, external_id, name, email, locale, zone, region, party, attributes)
    WHERE contact.organization_id = ${organizationId}::uuid AND contact.id = row.id
      AND erased_at IS NULL`;
}

async function addPhones(
  { db, organizationId }: TransactionContext,
  contacts: readonly KnownContact[],
) {
  const links = contacts.flatMap(({ id, phoneIds }) =>
    phoneIds.map((phoneId) => ({ id, phoneId })),
  );
  if (links.length === 0) return;
  await db.$executeRaw`
    INSERT INTO contact_phone (organization_id, contact_id, phone_id)
    SELECT ${organizationId}::uuid, *
    FROM unnest(${links.map(({ id }) => id)}::uuid[],
      ${links.map(({ phoneId }) => phoneId)}::uuid[])
    ON CONFLICT DO NOTHING`;
}
