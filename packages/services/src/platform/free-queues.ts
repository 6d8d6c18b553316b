import type { Db } from "@ringfence/db";

/**
 * Longer than these jobs usually take. A job that takes even longer must tolerate another one running
 * beside it.
 */
const MINUTES = 15;

/**
 * Frees the queues of a job that a killed worker holds: the library by itself would wait four hours, and
 * nothing behind it in its queue would be done. Crosses organizations, as the queue does.
 */
export const freeQueues = (prisma: Db["prisma"], job: string): Promise<number> =>
  prisma.$executeRaw`
    UPDATE graphile_worker._private_job_queues SET locked_by = NULL, locked_at = NULL
    WHERE starts_with(queue_name, ${`${job} `})
      AND locked_at < clock_timestamp() - make_interval(mins => ${MINUTES})`;
