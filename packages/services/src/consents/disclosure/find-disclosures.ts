import { DisclosureTerms } from "@ringfence/core/consents/disclosure";
import { seesSeller } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";
import type { DisclosureRef } from "./disclosure-ref.ts";

/**
 * What disclosures of the organization commit to, by `id/version`; null of words without terms. Those of a
 * seller for whom the actor does not work are as if they were not there.
 */
export async function findDisclosures(
  { db, organizationId, actor }: TransactionContext,
  refs: readonly DisclosureRef[],
): Promise<Map<string, DisclosureTerms | null>> {
  if (refs.length === 0) return new Map();
  const rows = await db.$queryRaw<(DisclosureRef & { terms: unknown })[]>`
    SELECT disclosure.id, disclosure.version, terms FROM disclosure
    JOIN unnest(${refs.map(({ id }) => id)}::uuid[], ${refs.map(({ version }) => version)}::int[])
      AS asked (id, version) USING (id, version)
    WHERE organization_id = ${organizationId}::uuid`;
  const found = rows.map(
    ({ terms, ...ref }) => [disclosureName(ref), DisclosureTerms.nullable().parse(terms)] as const,
  );
  return new Map(found.filter(([, terms]) => terms === null || seesSeller(actor, terms.seller)));
}

export const disclosureName = ({ id, version }: DisclosureRef) => `${id.toLowerCase()}/${version}`;
