import type { Db } from "@ringfence/db";

/**
 * Lets others have the jobs of workers that were not heard of for 30 s: the queue by itself would
 * wait four hours. Crosses organizations, as the queue does.
 */
export async function freeStaleRuns({ prisma }: Db): Promise<void> {
  await prisma.$executeRaw`
    WITH stale AS (
      SELECT array_agg(DISTINCT worker) AS workers FROM run
      WHERE status = 'running' AND heartbeat_at < clock_timestamp() - interval '30 seconds'
    )
    SELECT graphile_worker.force_unlock_workers(workers) FROM stale WHERE workers IS NOT NULL`;
}
