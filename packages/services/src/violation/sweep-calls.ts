import type { Db } from "@ringfence/db";

/**
 * Has workers judge the calls that wait, organization by organization. Crosses organizations, which
 * only the sweep may do. Returns how many.
 */
export const sweepCalls = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    SELECT graphile_worker.add_job('violation.scan',
      json_build_object('organizationId', organization_id),
      job_key := 'violation.scan ' || organization_id)
    FROM (
      SELECT organization_id FROM call_queue UNION SELECT organization_id FROM calls_again
    ) AS waiting`;
