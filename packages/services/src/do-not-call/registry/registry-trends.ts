import { RegistryId } from "@ringfence/core/ids";
import { z } from "zod";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";

/** Of each registry so many of its last editions are shown. */
const EDITIONS = 30;

const count = z.bigint().transform(Number);
const TrendPoint = z.object({
  registryId: RegistryId,
  number: z.int(),
  readAt: z.date(),
  listed: count,
  added: count,
  removed: count,
});
/** How large a registry was with an edition, and what the edition added and removed. */
export type TrendPoint = z.infer<typeof TrendPoint>;

/** The sizes of one registry, or of all, over their last editions, the earliest first. */
export async function registryTrends(
  ctx: ServiceContext,
  { registryId }: { registryId?: RegistryId | undefined } = {},
): Promise<Map<RegistryId, TrendPoint[]>> {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async ({ db, organizationId }) => {
    const rows = await db.$queryRaw`
      SELECT registry.id AS "registryId", number, read_at AS "readAt", edition.listed, added, removed
      FROM registry CROSS JOIN LATERAL (
        SELECT number, read_at, listed, added, removed FROM registry_edition
        WHERE organization_id = registry.organization_id AND registry_id = registry.id
          AND number IS NOT NULL
        ORDER BY number DESC LIMIT ${EDITIONS}
      ) AS edition
      WHERE organization_id = ${organizationId}::uuid
        AND (${registryId ?? null}::uuid IS NULL OR registry.id = ${registryId ?? null}::uuid)
      ORDER BY registry.id, number`;
    return Map.groupBy(TrendPoint.array().parse(rows), (point) => point.registryId);
  });
}
