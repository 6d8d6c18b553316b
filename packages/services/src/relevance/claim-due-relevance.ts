import type { Db } from "@ringfence/db";

/** In the organization's zone. */
const HOUR = 3;

/** Has workers learn from the calls of each organization whose night it is and that has calls, once a night. */
export async function claimDueRelevance(db: Db, hour = HOUR) {
  await db.prisma.$executeRaw`
    SELECT graphile_worker.add_job(
      'relevance.train', json_build_object('organizationId', organization.id),
      job_key := 'relevance.train/' || organization.id)
    FROM organization
    WHERE extract(hour FROM now() AT TIME ZONE organization.zone) = ${hour}
      AND (EXISTS (SELECT FROM call WHERE organization_id = organization.id)
        OR EXISTS (SELECT FROM activity
          WHERE organization_id = organization.id AND type = 'call-outcome'))
      AND NOT EXISTS (SELECT FROM relevance_model
        WHERE organization_id = organization.id AND trained_at > now() - interval '12 hours')`;
}
