import type { Db } from "@ringfence/db";

/**
 * Has workers ask every VICIdial what it has been told. Crosses organizations, which only the sweep may
 * do. Returns how many.
 */
export const sweepVicidial = ({ prisma }: Db): Promise<number> =>
  prisma.$executeRaw`
    SELECT graphile_worker.add_job('vicidial.pull',
      json_build_object('organizationId', organization_id, 'endpointId', id),
      job_key := 'vicidial.pull ' || id)
    FROM endpoint WHERE kind = 'vicidial' AND disabled_at IS NULL`;
