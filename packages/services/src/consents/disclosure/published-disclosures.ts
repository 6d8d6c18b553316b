import { DisclosureTerms, type PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { DisclosureId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import type { DisclosureRef } from "./disclosure-ref.ts";

type Row = { id: string; version: number; language: string; text: string; terms: unknown };

/** Versions that may be shown, in the order in which they are named; null for what nobody published. */
export async function publishedDisclosures(
  { db, organizationId }: TransactionContext,
  refs: readonly DisclosureRef[],
): Promise<(PublishedDisclosure | null)[]> {
  const rows = await db.$queryRaw<(Row & { index: number })[]>`
    SELECT (asked.index - 1)::int AS index, disclosure.id, disclosure.version, language, text, terms
    FROM unnest(${refs.map(({ id }) => id)}::uuid[], ${refs.map(({ version }) => version)}::int[])
      WITH ORDINALITY AS asked (id, version, index)
    JOIN disclosure ON organization_id = ${organizationId}::uuid AND disclosure.id = asked.id
      AND disclosure.version = asked.version AND terms IS NOT NULL`;
  const found = new Map(rows.map(({ index, ...row }) => [index, publishedOf(row)]));
  return refs.map((_, index) => found.get(index) ?? null);
}

export const publishedOf = ({ id, terms, ...row }: Row): PublishedDisclosure => ({
  ...row,
  id: DisclosureId.parse(id),
  terms: DisclosureTerms.parse(terms),
});
