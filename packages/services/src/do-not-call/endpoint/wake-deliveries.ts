import type { Db } from "@ringfence/db";

/**
 * Has workers look again at endpoints for which something is due, and nobody does: a job may have been
 * lost with its worker. Crosses organizations, which only the sweep may do. Returns how many.
 */
export const wakeDeliveries = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    SELECT graphile_worker.add_job('webhook.deliver',
      json_build_object('organizationId', waiting.organization_id, 'endpointId', endpoint_id))
    FROM (
      SELECT DISTINCT organization_id, endpoint_id FROM delivery
      WHERE status = 'pending' AND due_at < clock_timestamp() - interval '10 seconds'
        AND coalesce(claimed_until, '-infinity') < clock_timestamp()
    ) AS waiting
    JOIN endpoint ON endpoint.organization_id = waiting.organization_id AND id = endpoint_id
    WHERE disabled_at IS NULL`;
