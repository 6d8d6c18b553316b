import { RunJob, SILENT_AFTER_S } from "@ringfence/core/platform/run";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { addJob, queueJobs } from "../job.ts";
import { runJobs } from "./start-run.ts";

/**
 * Ensures that every open run has a job that a worker can take. Frees the jobs of killed workers, for which
 * the queue itself would wait four hours: jobs that were taken long ago, for runs without a recent
 * heartbeat. Queues lost jobs again: a worker that comes back to life deletes the job of a run that was
 * taken from it. Crosses organizations, as the queue does.
 */
export async function reviveRuns({ prisma }: Db): Promise<void> {
  await prisma.$executeRaw`
    WITH dead AS (
      SELECT array_agg(DISTINCT locked_by) AS workers
      FROM run JOIN graphile_worker.jobs AS job ON job.key = run.id::text
      WHERE status IN ('queued', 'running')
        AND locked_at < clock_timestamp() - make_interval(secs => ${SILENT_AFTER_S})
        AND coalesce(heartbeat_at, '-infinity') < clock_timestamp() - make_interval(secs => ${SILENT_AFTER_S})
    )
    SELECT graphile_worker.force_unlock_workers(workers) FROM dead WHERE workers IS NOT NULL`;
  for (const job of RunJob.options) {
    const work = addJob(
      runJobs[job],
      { organizationId: sql`organization_id`, runId: sql`id` },
      { key: sql`id` },
    );
    await queueJobs(
      prisma,
      sql`SELECT ${work} FROM run
    WHERE job = ${job} AND status IN ('queued', 'running') AND created_at < clock_timestamp() - interval '1 minute'
      AND coalesce(heartbeat_at, '-infinity') < clock_timestamp() - make_interval(secs => ${SILENT_AFTER_S})
      AND NOT EXISTS (
        SELECT FROM graphile_worker.jobs WHERE key = run.id::text AND attempts < max_attempts
      )`,
    );
  }
}
