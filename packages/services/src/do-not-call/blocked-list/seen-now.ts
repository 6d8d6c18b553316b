import type { Db, Transaction } from "@ringfence/db";

/**
 * Returns a text that changes when a blocked list has to be written again: how many opt-outs changed, which
 * suppressions are in force, how many editions registries have had, and which registries are disconnected.
 * Counting opt-out changes is enough, because they are numbered as they are committed and none can appear
 * behind another. Suppressions end, are extended and begin later, so they are listed one by one.
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
      (SELECT bit_xor(uuid_hash_extended(id, 0)) FROM suppression
        WHERE organization_id = ${organizationId}::uuid
          AND at <= clock_timestamp() AND (until IS NULL OR until > clock_timestamp())),
      (SELECT sum(edition) FROM registry WHERE organization_id = ${organizationId}::uuid),
      (SELECT max(disconnected_at) || ' ' || count(*) FROM registry
        WHERE organization_id = ${organizationId}::uuid AND disconnected_at IS NOT NULL)
    ) AS seen`;
  return seen;
}
