import { OrganizationId, RegistryId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { z } from "zod";
import { startRun } from "../run/start-run.ts";

const Due = z.object({ organizationId: OrganizationId, registryId: RegistryId, now: z.date() });

/**
 * Has those registries read for which two in the morning, in their organization's zone, has passed
 * since they were last given out: each once a night, however many workers sweep. Crosses
 * organizations, which only the sweep may do. Returns how many.
 */
export async function claimDueRegistries({ prisma }: Db): Promise<number> {
  const claim = async (db: Parameters<Parameters<typeof prisma.$transaction>[0]>[0]) => {
    // A zone that PostgreSQL does not know must not keep all others from being read.
    const claimed = await db.$queryRaw`
      WITH due AS (
        SELECT registry.organization_id, registry.id
        FROM registry JOIN organization ON organization.id = organization_id
          LEFT JOIN pg_timezone_names AS known ON known.name = zone
          CROSS JOIN coalesce(known.name, 'UTC') AS night_zone
        WHERE source->>'kind' <> 'upload' AND coalesce(swept_at, '-infinity') < (
          date_trunc('day', clock_timestamp() AT TIME ZONE night_zone - interval '2 hours')
            + interval '2 hours'
        ) AT TIME ZONE night_zone
        FOR UPDATE OF registry SKIP LOCKED
      )
      UPDATE registry SET swept_at = clock_timestamp() FROM due
      WHERE registry.organization_id = due.organization_id AND registry.id = due.id
      RETURNING due.organization_id AS "organizationId", due.id AS "registryId",
        clock_timestamp() AS now`;
    const due = Due.array().parse(claimed);
    for (const { registryId, ...within } of due) {
      await startRun({ db, ...within }, "registry.sync", registryId);
    }
    return due.length;
  };
  return prisma.$transaction(claim, { timeout: 60_000 });
}
