import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { PersonReference } from "@ringfence/core/people/activity";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";

/** Ordinal of the matching contact, or why there is no single one. */
export type FoundPerson =
  | { ordinal: number; fault?: never }
  | { fault: "unknown" | "ambiguous"; by: keyof PersonReference; ordinal?: never };

const identifiers = ["externalId", "phone", "email"] as const satisfies (keyof PersonReference)[];

/**
 * Finds the contacts that activities refer to, one result for each reference, in order. Of external id, phone and
 * e-mail address, the first that matches anyone decides, even if it matches several and the next would match one.
 */
export async function findPeople(
  ctx: TransactionContext,
  references: readonly PersonReference[],
): Promise<FoundPerson[]> {
  const ordinalsBy = {
    externalId: await findByExternalId(ctx, listValues(references, "externalId")),
    phone: await findByPhone(ctx, listValues(references, "phone")),
    email: await findByEmail(ctx, listValues(references, "email")),
  };
  return references.map((person) => {
    for (const by of identifiers) {
      const ordinals = (person[by] !== undefined && ordinalsBy[by].get(person[by])) || [];
      const [ordinal, another] = ordinals;
      if (another !== undefined) return { fault: "ambiguous", by };
      if (ordinal !== undefined) return { ordinal };
    }
    const by = identifiers.find((each) => person[each] !== undefined) ?? "externalId";
    return { fault: "unknown", by };
  });
}

const listValues = (references: readonly PersonReference[], by: keyof PersonReference) => [
  ...new Set(references.flatMap((person) => person[by] ?? [])),
];

const Row = z.object({ value: z.string(), ordinals: z.number().array() });

/** Reads the ordinals of contacts by a value that identifies them. `query` selects both for these values. */
async function readOrdinals(
  { db }: TransactionContext,
  values: readonly string[],
  query: RawBuilder<unknown>,
): Promise<Map<string, number[]>> {
  const rows = values.length === 0 ? [] : await selectRows({ db }, Row, query);
  return new Map(rows.map(({ value, ordinals }) => [value, ordinals]));
}

const findByExternalId = (ctx: TransactionContext, ids: readonly string[]) =>
  readOrdinals(
    ctx,
    ids,
    sql`
    SELECT external_id AS value, ARRAY[ordinal] AS ordinals FROM contact
    WHERE organization_id = ${ctx.organizationId}::uuid AND external_id = ANY (${ids}::text[])`,
  );

const findByPhone = (ctx: TransactionContext, phones: readonly string[]) =>
  readOrdinals(
    ctx,
    phones,
    sql`
    SELECT e164 AS value, array_agg(ordinal) AS ordinals FROM phone
    JOIN contact_phone ON contact_phone.organization_id = phone.organization_id
      AND contact_phone.phone_id = phone.id
    JOIN contact ON contact.organization_id = phone.organization_id
      AND contact.id = contact_phone.contact_id
    WHERE phone.organization_id = ${ctx.organizationId}::uuid AND e164 = ANY (${phones}::text[])
      AND erased_at IS NULL
    GROUP BY e164`,
  );

const findByEmail = (ctx: TransactionContext, emails: readonly string[]) =>
  readOrdinals(
    ctx,
    emails,
    sql`
    SELECT mailbox AS value, array_agg(contact_ordinal) AS ordinals
    FROM scope.contacts_with_email(${emails}::text[])
    GROUP BY mailbox`,
  );
