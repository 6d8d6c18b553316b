import { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";

/** Name of organizations that have nothing else. */
export const SYNC_NAME = "Sync";

/** Creates a US registry that was never read, in a new organization unless one is given. */
export async function createRegistryToSync({ prisma, pool }: Db, given?: OrganizationId) {
  const data = { name: SYNC_NAME, homeRegion: "US" };
  const organizationId =
    given ?? OrganizationId.parse((await prisma.organization.create({ data })).id);
  // Delete earlier lists, so that sizes are those of the next sync.
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
