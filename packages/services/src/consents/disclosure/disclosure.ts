import { DisclosureId } from "@ringfence/core/ids";
import { ServiceError, type TransactionContext } from "../../platform/internal.ts";
import { DisclosureTerms, type PublishedDisclosure } from "@ringfence/core/consents/disclosure";

/** Reference to a version of a text. */
export type DisclosureRef = { id: string; version: number };

/** Throws unless the disclosure exists in this organization and is published or has a draft. */
export async function assertDisclosureExists(
  { db, organizationId }: TransactionContext,
  id: DisclosureId,
): Promise<void> {
  const [known] = await db.$queryRaw<unknown[]>`
    SELECT FROM disclosure
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid AND terms IS NOT NULL
    UNION ALL SELECT FROM disclosure_draft
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
  if (!known) throw new ServiceError("not-found", { key: "disclosure.not-found" });
}

type Row = { id: string; version: number; language: string; text: string; terms: unknown };

/** Loads published versions in the order of `refs`. An entry is null if that version is not published. */
export async function loadPublishedDisclosures(
  { db, organizationId }: TransactionContext,
  refs: readonly DisclosureRef[],
): Promise<(PublishedDisclosure | null)[]> {
  const rows = await db.$queryRaw<(Row & { index: number })[]>`
    SELECT (asked.index - 1)::int AS index, disclosure.id, disclosure.version, language, text, terms
    FROM unnest(${refs.map(({ id }) => id)}::uuid[], ${refs.map(({ version }) => version)}::int[])
      WITH ORDINALITY AS asked (id, version, index)
    JOIN disclosure ON organization_id = ${organizationId}::uuid AND disclosure.id = asked.id
      AND disclosure.version = asked.version AND terms IS NOT NULL`;
  const found = new Map(rows.map(({ index, ...row }) => [index, toPublishedDisclosure(row)]));
  return refs.map((_, index) => found.get(index) ?? null);
}

export const toPublishedDisclosure = ({ id, terms, ...row }: Row): PublishedDisclosure => ({
  ...row,
  id: DisclosureId.parse(id),
  terms: DisclosureTerms.parse(terms),
});
