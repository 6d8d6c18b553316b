import type { Db } from "@ringfence/db";
import { freeQueues } from "../../platform/free-queues.ts";

/** Contacts may lose their numbers, and registries change their areas: all is counted anew after so long. */
const HOURS = 1;
/** While contacts come and come, they are not counted more often. */
const MINUTES = 5;

/**
 * Has workers count the contacts of those organizations whose count is old, or that have newer contacts.
 * While one is counted it is not begun again. Crosses organizations, which only the sweep may do. Returns
 * how many.
 */
export async function claimDueCounts({ prisma }: Db): Promise<number> {
  await freeQueues(prisma, "registry.count");
  return prisma.$executeRaw`
    SELECT graphile_worker.add_job('registry.count', json_build_object('organizationId', id),
      queue_name := 'registry.count ' || id, job_key := 'registry.count ' || id)
    FROM organization
    CROSS JOIN LATERAL (
      SELECT ordinal FROM contact WHERE organization_id = organization.id
      ORDER BY ordinal DESC LIMIT 1
    ) AS newest
    LEFT JOIN contact_count AS counted ON counted.organization_id = organization.id
    WHERE counted_at IS NULL OR counted_at <= clock_timestamp() - make_interval(hours => ${HOURS})
      OR newest.ordinal > counted.newest
        AND counted_at <= clock_timestamp() - make_interval(mins => ${MINUTES})`;
}
