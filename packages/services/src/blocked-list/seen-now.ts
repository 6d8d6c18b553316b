import type { Db, Transaction } from "@ringfence/db";

/**
 * Tells of what a blocked list is made, as far as it comes unasked: how many changes of refusals there are,
 * how many suppressions and which is the last, and how many editions registries have had. Another than before, and there is
 * something new. Refusals are counted as they are committed: none can appear behind another. A
 * suppression has its id before it is committed, and may: so they are counted, too.
 */
export async function seenNow(
  db: Db["prisma"] | Transaction,
  organizationId: string,
): Promise<string> {
  const [{ seen }] = await db.$queryRaw<[{ seen: string }]>`
    SELECT concat_ws(' ',
      coalesce((SELECT max(position) FROM opt_out_change
        WHERE organization_id = ${organizationId}::uuid), 0)
        + (SELECT count(*) FROM opt_out_queue WHERE organization_id = ${organizationId}::uuid),
      (SELECT count(*) FROM suppression WHERE organization_id = ${organizationId}::uuid),
      (SELECT id FROM suppression WHERE organization_id = ${organizationId}::uuid
        ORDER BY id DESC LIMIT 1),
      (SELECT sum(edition) FROM registry WHERE organization_id = ${organizationId}::uuid)
    ) AS seen`;
  return seen;
}
