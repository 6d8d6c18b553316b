import type { Db } from "@ringfence/db";

/**
 * Queues anew the codes that should be on their way and have no job that a worker will take: it was lost,
 * or a worker that was killed holds it. One that is over is not sent any more. Crosses organizations, as
 * the queue does. Returns how many.
 */
export const revivePersonCodes = ({ prisma }: Pick<Db, "prisma">): Promise<number> =>
  prisma.$executeRaw`
    SELECT graphile_worker.add_job('person-code.send',
      json_build_object('organizationId', organization_id, 'personCodeId', id),
      job_key := id::text)
    FROM person_code
    WHERE sent_at IS NULL AND created_at < clock_timestamp() - interval '30 seconds'
      AND created_at > clock_timestamp() - interval '10 minutes'
      AND NOT EXISTS (
        SELECT FROM graphile_worker.jobs WHERE key = person_code.id::text
          AND (locked_at IS NULL OR locked_at > clock_timestamp() - interval '30 seconds'))`;
