import { ListReads } from "@ringfence/core/platform/audit";
import { ContactId, PhoneId } from "@ringfence/core/ids";
import { sql } from "kysely";
import { z } from "zod";
import {
  type TransactionContext,
  maskPhoneFor,
  query,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";
import { isByActor, kindConditions } from "./list-audit.ts";

/*
 * Finds whose data a member or an API key read. An entry of the audit trail is a read if it is a view or an export and
 * names a phone or a contact. A live screening, which is a record of its own, is one too. Lists and files name nobody in
 * the trail, so they are only counted, with the number of rows that they showed.
 */

const ReadRow = z.object({
  phoneId: PhoneId.nullable(),
  /** Null if the entries name no phone, or its number was erased. */
  e164: z.string().nullable(),
  contactId: ContactId.nullable(),
  name: z.string().nullable(),
  times: z.int(),
  first: z.date(),
  last: z.date(),
  actions: z.string().array(),
  lastId: z.uuid(),
});

/**
 * A person whose data was read, known by a phone or as a contact. Somebody who was read in both ways is listed twice,
 * once for each.
 */
export type PersonRead = Omit<z.infer<typeof ReadRow>, "lastId" | "e164"> & {
  number: string | null;
};

const ReadCounts = z.object({
  /** Lists that were opened, and the rows that they showed. */
  lists: z.int(),
  rows: z.int(),
  /** Files, and pages of people that were handed to a dialer. */
  files: z.int(),
});

/**
 * Lists the people whose data a member or an API key read, the latest read first, and counts the lists and files, which
 * name nobody.
 */
export const listReads = query({
  name: "listReads",
  action: "audit.read",
  input: ListReads,
  transaction: "analysis",
  run: async (ctx, input) => {
    const { limit } = input;
    const rows = await loadPeople(ctx, input);
    const shown = rows.slice(0, limit);
    const people = shown.map((row) => toPersonRead(ctx, row));
    const next = rows.length > limit ? (shown.at(-1)?.lastId ?? null) : null;
    return { people, next, counts: await countLists(ctx, input) };
  },
  audit: ({ people }, { actor: { type, id } }) => ({
    ...(type === "member" ? { memberId: id } : { apiKeyId: id }),
    listed: people.length,
  }),
});

/** A number is masked for whoever may not take numbers away. */
function toPersonRead({ actor }: TransactionContext, row: z.infer<typeof ReadRow>): PersonRead {
  const { lastId: _, e164, ...shown } = row;
  return { ...shown, number: e164 && maskPhoneFor(actor, e164) };
}

/** SQL for a filter on `entry`: what this actor read in these days. */
const readEntries = (
  { organizationId }: TransactionContext,
  { actor, from, until }: ListReads,
) => sql`
  entry.organization_id = ${organizationId}::uuid AND ${isByActor(actor)}
  AND entry.at >= ${from} AND entry.at < ${until} AND ${kindConditions.access}`;

/** Loads one person more than asked for, if there are more. Ids grow with time, so they order the reads. */
const loadPeople = (ctx: TransactionContext, reads: ListReads) => {
  const { organizationId } = ctx;
  const { actor, from, until, after, limit } = reads;
  return selectRows(
    ctx,
    ReadRow,
    sql`
    WITH looked AS (
      SELECT entry.id, entry.at, entry.action, entry.phone_id, entry.details ->> 'contactId' AS contact
      FROM audit_entry AS entry
      WHERE ${readEntries(ctx, reads)}
        AND (entry.phone_id IS NOT NULL OR entry.details ->> 'contactId' IS NOT NULL)
      UNION ALL
      SELECT id, at, 'screening.run', phone_id, NULL FROM screening
      WHERE organization_id = ${organizationId}::uuid AND at >= ${from} AND at < ${until}
        AND phone_id IS NOT NULL AND actor @> ${JSON.stringify({ type: actor.type, id: actor.id })}::jsonb
    ), person AS (
      SELECT phone_id, contact, count(*)::int AS times, min(at) AS first, max(at) AS last,
        array_agg(DISTINCT action ORDER BY action) AS actions, max(id::text)::uuid AS last_id
      FROM looked GROUP BY phone_id, contact
    )
    SELECT person.phone_id AS "phoneId", phone.e164, contact.id AS "contactId", contact.name,
      times, first, last, actions, last_id AS "lastId"
    FROM person
    LEFT JOIN phone ON phone.organization_id = ${organizationId}::uuid AND phone.id = person.phone_id
    LEFT JOIN contact ON contact.organization_id = ${organizationId}::uuid
      AND contact.id::text = person.contact
    WHERE ${after ?? null}::uuid IS NULL OR last_id < ${after ?? null}::uuid
    ORDER BY last_id DESC LIMIT ${limit + 1}::int`,
  );
};

const countLists = (ctx: TransactionContext, reads: ListReads) =>
  selectRow(
    ctx,
    ReadCounts,
    sql`
    SELECT count(*) FILTER (WHERE NOT ${kindConditions.taken})::int AS lists,
      coalesce(sum((entry.details ->> 'listed')::int) FILTER (WHERE NOT ${kindConditions.taken}), 0)::int AS rows,
      count(*) FILTER (WHERE ${kindConditions.taken})::int AS files
    FROM audit_entry AS entry
    WHERE ${readEntries(ctx, reads)}
      AND entry.phone_id IS NULL AND entry.details ->> 'contactId' IS NULL`,
  );
