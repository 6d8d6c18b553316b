import type { Db } from "@ringfence/db";

/**
 * Queues anew what should have gone out a minute ago and has no job that a worker will take: it was
 * lost, or a worker that was killed holds it, for whom the queue by itself would wait four hours. What
 * a provider refused waits in its job, or was given up with it. Crosses organizations, as the queue does.
 */
export async function reviveConfirmations({ prisma }: Pick<Db, "prisma">): Promise<void> {
  await prisma.$executeRaw`
    SELECT graphile_worker.add_job('confirmation.send',
      json_build_object('organizationId', organization_id, 'confirmationId', id),
      job_key := id::text)
    FROM confirmation
    WHERE sent_at IS NULL AND expires_at > clock_timestamp()
      AND created_at < clock_timestamp() - interval '1 minute'
      AND (means = 'sms' OR email IS NOT NULL)
      AND NOT EXISTS (
        SELECT FROM graphile_worker.jobs WHERE key = confirmation.id::text
          AND (locked_at IS NULL OR locked_at > clock_timestamp() - interval '1 minute'))`;
}
