import type { Db } from "@ringfence/db";

/** How long a scan goes on, in milliseconds: then it lets others have its slot, and is asked for again. */
export const scanMs = 120_000;

/**
 * Has workers judge the calls that wait, organization by organization, one scan of each at a time: none is
 * asked for while another waits or is under way. One that was taken four minutes ago is that of a worker
 * which was killed. Crosses organizations, which only the sweep may do. Returns how many.
 */
export const sweepCalls = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    SELECT graphile_worker.add_job('violation.scan',
      json_build_object('organizationId', organization_id),
      job_key := 'violation.scan ' || organization_id)
    FROM (
      SELECT organization_id FROM call_queue UNION SELECT organization_id FROM calls_again
    ) AS waiting
    WHERE NOT EXISTS (
      SELECT FROM graphile_worker.jobs WHERE key = 'violation.scan ' || organization_id
        AND (locked_at > clock_timestamp() - interval '4 minutes'
          OR locked_at IS NULL AND attempts < max_attempts))`;
