import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";

/** Which of these ids are no screenings of the organization, for sellers for whom the actor works. */
export async function unknownScreenings(
  { db, organizationId, actor }: TransactionContext,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const sellers = sellersSeenBy(actor);
  const known = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM screening
    WHERE organization_id = ${organizationId}::uuid AND id = ANY (${ids}::uuid[])
      AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))`;
  const unknown = new Set(ids);
  for (const { id } of known) unknown.delete(id);
  return unknown;
}
