import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { PersonReference } from "@ringfence/core/people/activity";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";

/** Ordinal of the matching contact, or why there is no single one. */
export type FoundPerson =
  | { ordinal: number; fault?: never }
  | { fault: "unknown" | "ambiguous"; by: keyof PersonReference; ordinal?: never };

const ways = ["externalId", "phone", "email"] as const satisfies (keyof PersonReference)[];

/**
 * Finds the contacts that activities refer to. Of external id, phone and address, the first that matches
 * anyone decides.
 */
export async function findPeople(
  ctx: TransactionContext,
  all: readonly PersonReference[],
): Promise<FoundPerson[]> {
  const known = {
    externalId: await findByExternalId(ctx, listValues(all, "externalId")),
    phone: await findByPhone(ctx, listValues(all, "phone")),
    email: await findByEmail(ctx, listValues(all, "email")),
  };
  return all.map((named) => {
    for (const by of ways) {
      const ordinals = (named[by] !== undefined && known[by].get(named[by])) || [];
      const [ordinal, another] = ordinals;
      if (another !== undefined) return { fault: "ambiguous", by };
      if (ordinal !== undefined) return { ordinal };
    }
    return { fault: "unknown", by: ways.find((by) => named[by] !== undefined) ?? "externalId" };
  });
}

const listValues = (all: readonly PersonReference[], by: keyof PersonReference) => [
  ...new Set(all.flatMap((named) => named[by] ?? [])),
];

const Row = z.object({ name: z.string(), ordinals: z.number().array() });

/** Reads the ordinals of contacts by name: `query` selects both for some of the names. */
async function readOrdinals(
  { db }: TransactionContext,
  names: readonly string[],
  query: RawBuilder<unknown>,
): Promise<Map<string, number[]>> {
  const rows = names.length === 0 ? [] : await selectRows({ db }, Row, query);
  return new Map(rows.map(({ name, ordinals }) => [name, ordinals]));
}

const findByExternalId = (ctx: TransactionContext, ids: readonly string[]) =>
  readOrdinals(
    ctx,
    ids,
    sql`
    SELECT external_id AS name, ARRAY[ordinal] AS ordinals FROM contact
    WHERE organization_id = ${ctx.organizationId}::uuid AND external_id = ANY (${ids}::text[])`,
  );

const findByPhone = (ctx: TransactionContext, phones: readonly string[]) =>
  readOrdinals(
    ctx,
    phones,
    sql`
    SELECT e164 AS name, array_agg(ordinal) AS ordinals FROM phone
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
    SELECT lower(email) AS name, array_agg(ordinal) AS ordinals FROM contact
    WHERE organization_id = ${ctx.organizationId}::uuid AND email IS NOT NULL
      AND lower(email) = ANY (${emails}::text[])
    GROUP BY lower(email)`,
  );
