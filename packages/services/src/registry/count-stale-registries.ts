import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";

/** How many registries are older than their limit, or were never read, so that they refuse. */
export async function countStaleRegistries(ctx: ServiceContext): Promise<number> {
  allow(ctx, "registry.read");

  return inTransaction(ctx, async ({ db, organizationId, now }) => {
    const rows = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM registry
      WHERE organization_id = ${organizationId}::uuid
        AND (verified_at IS NULL OR verified_at < ${now}::timestamptz - make_interval(days => max_age_days))`;
    return rows[0]?.count ?? 0;
  });
}
