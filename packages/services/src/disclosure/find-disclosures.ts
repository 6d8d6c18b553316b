import type { TransactionContext } from "../context.ts";
import type { DisclosureRef } from "./disclosure-ref.ts";

/** Which of these are disclosures of the organization, as `id/version`. */
export async function findDisclosures(
  { db, organizationId }: TransactionContext,
  refs: readonly DisclosureRef[],
): Promise<Set<string>> {
  if (refs.length === 0) return new Set();
  const rows = await db.$queryRaw<DisclosureRef[]>`
    SELECT disclosure.id, disclosure.version FROM disclosure
    JOIN unnest(${refs.map(({ id }) => id)}::uuid[], ${refs.map(({ version }) => version)}::int[])
      AS asked (id, version) USING (id, version)
    WHERE organization_id = ${organizationId}::uuid`;
  return new Set(rows.map(disclosureName));
}

export const disclosureName = ({ id, version }: DisclosureRef) => `${id.toLowerCase()}/${version}`;
