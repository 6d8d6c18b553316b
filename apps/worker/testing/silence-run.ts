import type { Db } from "@ringfence/db";

/**
 * As though the run's first worker had not been heard of for longer than 30 s. It may be over with
 * already: who outlives its database gives the run up and takes it again by itself.
 */
export const silenceRun = ({ pool }: Db, runId: string) =>
  pool.query(
    `WITH run AS (
       UPDATE run SET heartbeat_at = heartbeat_at - interval '31 s' WHERE id = $1 AND attempt = 1 RETURNING id
     )
     UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '31 s'
     FROM run WHERE key = run.id::text`,
    [runId],
  );
