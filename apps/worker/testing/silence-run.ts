import { SILENT_AFTER_S } from "@ringfence/core/platform/run";
import type { Db } from "@ringfence/db";

/**
 * Makes the run's first worker look silent for a second longer than allowed. The silence may be
 * over already: a worker that survives its database gives the run up and takes it again by itself.
 */
export const silenceRun = ({ pool }: Db, runId: string) =>
  pool.query(
    `WITH run AS (
       UPDATE run SET heartbeat_at = heartbeat_at - make_interval(secs => $2) WHERE id = $1 AND attempt = 1 RETURNING id
     )
     UPDATE graphile_worker._private_jobs SET locked_at = locked_at - make_interval(secs => $2)
     FROM run WHERE key = run.id::text`,
    [runId, SILENT_AFTER_S + 1],
  );
