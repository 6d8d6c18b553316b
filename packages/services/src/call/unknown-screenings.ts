import type { TransactionContext } from "../context.ts";

/** Which of these ids are no screenings of the organization. */
export async function unknownScreenings(
  { db, organizationId }: TransactionContext,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const known = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM screening
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])`;
  const unknown = new Set(ids);
  for (const { id } of known) unknown.delete(id);
  return unknown;
}
