import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";

/** Of organizations that have nothing else. */
export const SYNC_NAME = "Sync";

/** A US registry that was never read, of an organization of its own unless one is given. */
export async function aRegistryToSync({ prisma, pool }: Db, given?: OrganizationId) {
  const data = { name: SYNC_NAME, homeRegion: "US" };
  const organizationId =
    given ?? OrganizationId.parse((await prisma.organization.create({ data })).id);
  // What a sync before has listed is gone, so that sizes are those of the next.
  await pool.query("DELETE FROM registry_block WHERE organization_id = $1", [organizationId]);
  const { id } = await prisma.registry.create({
    data: {
      organizationId,
      code: `bench-${process.hrtime.bigint()}`,
      name: "National Do Not Call Registry",
      format: { reader: "us-dnc" },
      source: { kind: "upload" },
      maxAgeDays: 31,
    },
  });
  return { organizationId, registryId: id };
}
