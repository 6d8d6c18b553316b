import {
  type ContactPlan,
  KnownContact,
  type PlannedRow,
  type ReadContactRow,
  listNumbers,
  planContacts,
  readContactRow,
} from "@ringfence/core/people/contact";
import {
  ManyRows,
  type RejectedRow,
  type RowsSummary,
  rejected,
  summarizeRows,
} from "@ringfence/core/platform/rows";
import {
  type TransactionContext,
  command,
  createIds,
  holdLock,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { ContactId } from "@ringfence/core/ids";
import { sql } from "kysely";
import { findOrAddPhones } from "../phone/internal.ts";
import type { Phone } from "@ringfence/core/people/phone";
import { mendText, removeHidden } from "@ringfence/core/platform/text";

/**
 * Creates and updates contacts from rows. Each is found by its external id or a phone. Safe to repeat. No
 * row can lift an opt-out, and no phone is ever removed.
 */
export const recordContacts = command({
  name: "recordContacts",
  action: "contact.record",
  input: ManyRows,
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, { rows, firstLine = 1 }) => {
    const { homeRegion } = await loadOrganization(ctx);
    const read = rows.map((row, index) => readContactRow(firstLine + index, row, homeRegion));
    const unreadable = read.filter((row) => row.status === "rejected");
    const plan = await applyContacts(
      ctx,
      read.filter((row) => row.status === "read"),
    );
    const outcomes = [...unreadable, ...plan.outcomes];
    const summary = summarizeRows(outcomes.toSorted((a, b) => a.line - b.line));
    return { summary, created: plan.created.length, updated: plan.updated.length };
  },
  audit: ({ summary: { rejected }, created, updated }) => ({ created, updated, rejected }),
  answer: ({ summary }): RowsSummary => summary,
});

/**
 * Creates and updates contacts inside the caller's transaction, which holds the lock "contacts" from here on: call it
 * before phones are recorded or locked. No phone is ever removed.
 */
export const applyContacts = async (
  ctx: TransactionContext,
  rows: readonly ReadContactRow[],
): Promise<ContactPlan> => {
  if (rows.length === 0) return { outcomes: [], created: [], updated: [] };
  await holdLock(ctx, "contacts");
  const { planned, erased } = await findOrAddRowPhones(ctx, rows);
  const plan = planContacts(planned, await loadKnownContacts(ctx, planned));
  await saveContacts(ctx, plan);
  return { ...plan, outcomes: [...erased, ...plan.outcomes] };
};

/** Stores the phones of rows. A row with a number that was erased is rejected. */
async function findOrAddRowPhones(ctx: TransactionContext, rows: readonly ReadContactRow[]) {
  const stored = await findOrAddPhones(
    ctx,
    rows.flatMap(({ phones }) => phones),
  );
  const ids = await createIds(ctx, ContactId, rows.length);

  const planned: PlannedRow[] = [];
  const erased: RejectedRow[] = [];
  for (const [index, { line, row, phones }] of rows.entries()) {
    const gone = phones.findIndex((phone) => stored.get(phone)?.isErased);
    const newId = ids[index];
    if (gone !== -1) {
      const values = { phone: String(phones[gone]) };
      const path = listNumbers(row)[gone]?.path ?? "";
      erased.push(rejected(line, { key: "contact.erased", values }, path));
    } else if (newId) {
      const phoneIds = phones.flatMap((phone) => stored.get(phone)?.id ?? []);
      planned.push({ line, row, phoneIds, newId });
    }
  }
  return { planned, erased };
}

/** Loads every contact with an external id or a phone of these rows, without erased ones. */
const loadKnownContacts = (
  { db, organizationId }: TransactionContext,
  rows: readonly PlannedRow[],
): Promise<KnownContact[]> => {
  const externalIds = rows.flatMap(({ row }) => row.externalId ?? []);
  const phoneIds = rows.flatMap(({ phoneIds }) => phoneIds);
  return selectRows(
    { db },
    KnownContact,
    sql`
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
    )`,
  );
};

const saveContacts = async (ctx: TransactionContext, { created, updated }: ContactPlan) => {
  await insertContacts(ctx, created);
  await updateContacts(ctx, updated);
  await addPhones(ctx, [...created, ...updated]);
};

const toContactTable = (contacts: readonly KnownContact[]) =>
  toTable(contacts, {
    id: "uuid",
    externalId: "text",
    name: "text",
    email: "text",
    locale: "text",
    zone: "text",
    addressRegion: "text",
    calledParty: "text",
    attributes: "jsonb",
  });

async function insertContacts(
  { db, organizationId, now }: TransactionContext,
  contacts: readonly KnownContact[],
) {
  if (contacts.length === 0) return;
  await db.$executeRaw`
    INSERT INTO contact (organization_id, id, external_id, name, email, locale, zone,
      address_region, called_party, attributes, created_at, updated_at)
    SELECT ${organizationId}::uuid, id, external_id, name, email, locale, zone, address_region,
      called_party, attributes, ${now}, ${now}
    FROM ${toContactTable(contacts)} AS row`;
}

async function updateContacts(
  { db, organizationId, now }: TransactionContext,
  contacts: readonly KnownContact[],
) {
  if (contacts.length === 0) return;
  await db.$executeRaw`
    UPDATE contact SET external_id = row.external_id, name = row.name, email = row.email,
      locale = row.locale, zone = row.zone, address_region = row.address_region,
      called_party = row.called_party, attributes = row.attributes, updated_at = ${now}
    FROM ${toContactTable(contacts)} AS row
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
    SELECT ${organizationId}::uuid, id, phone_id
    FROM ${toTable(links, { id: "uuid", phoneId: "uuid" })} AS link
    ON CONFLICT DO NOTHING`;
}

type NewContactDetails = { name: string | undefined; email?: string | undefined };

/**
 * Adds a contact for a phone that belongs to nobody yet. Does nothing if the phone has a contact, or if
 * neither name nor e-mail address is given. Whoever gives a consent may type any number, so they must not change an
 * existing contact.
 */
export async function addContactIfUnknown(
  ctx: TransactionContext,
  phone: Phone,
  { name, email }: NewContactDetails,
) {
  const shownName = name && removeHidden(mendText(name)).trim();
  const row = {
    ...(shownName && { name: shownName }),
    ...(email !== undefined && { email: mendText(email) }),
  };
  if (Object.keys(row).length === 0) return;
  // Before the count, so that nobody else adds a contact with this phone after it.
  await holdLock(ctx, "contacts");
  const withPhone = { organizationId: ctx.organizationId, phone: { e164: phone } };
  if ((await ctx.db.contactPhone.count({ where: withPhone })) > 0) return;
  await applyContacts(ctx, [
    { status: "read", line: 0, row: { ...row, phones: [] }, phones: [phone] },
  ]);
}
