import { DisclosureTerms } from "@ringfence/core/disclosure";
import type { TransactionContext } from "../context.ts";
import type { DisclosureRef } from "./disclosure-ref.ts";

/** What disclosures of the organization commit to, by `id/version`; null of words without terms. */
export async function findDisclosures(
  { db, organizationId }: TransactionContext,
  refs: readonly DisclosureRef[],
): Promise<Map<string, DisclosureTerms | null>> {
  if (refs.length === 0) return new Map();
  const rows = await db.$queryRaw<(DisclosureRef & { terms: unknown })[]>`
    SELECT disclosure.id, disclosure.version, terms FROM disclosure
    JOIN unnest(${refs.map(({ id }) => id)}::uuid[], ${refs.map(({ version }) => version)}::int[])
      AS asked (id, version) USING (id, version)
    WHERE organization_id = ${organizationId}::uuid`;
  return new Map(
    rows.map(({ terms, ...ref }) => [disclosureName(ref), DisclosureTerms.nullable().parse(terms)]),
  );
}

export const disclosureName = ({ id, version }: DisclosureRef) => `${id.toLowerCase()}/${version}`;
