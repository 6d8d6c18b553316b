import { localClock, Zone } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";

/** In the organization's zone. */
const HOUR = 3;

/** Has workers learn from the calls of each organization whose night it is and that has calls, once a night. */
export async function claimDueRelevance({ prisma }: Db, hour = HOUR) {
  const zones = await prisma.$queryRaw<{ zone: string; now: Date }[]>`
    SELECT DISTINCT zone, now() AS now FROM organization`;
  // A zone that nobody knows keeps none of the others from being learned from.
  const due = zones.filter(
    ({ zone, now }) => Zone.safeParse(zone).success && hourOf(zone, now) === hour,
  );
  await prisma.$executeRaw`
    SELECT graphile_worker.add_job(
      'relevance.train', json_build_object('organizationId', organization.id),
      job_key := 'relevance.train/' || organization.id)
    FROM organization
    WHERE zone = ANY (${due.map(({ zone }) => zone)}::text[])
      AND (EXISTS (SELECT FROM call WHERE organization_id = organization.id)
        OR EXISTS (SELECT FROM activity
          WHERE organization_id = organization.id AND type = 'call-outcome'))
      AND NOT EXISTS (SELECT FROM relevance_model
        WHERE organization_id = organization.id AND trained_at > now() - interval '12 hours')`;
}

const hourOf = (zone: string, now: Date) => Math.floor(localClock(zone, now.getTime()).minute / 60);
