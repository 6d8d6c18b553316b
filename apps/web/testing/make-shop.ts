import { OrganizationId } from "@ringfence/core/ids";
import type { Installation, RootContext } from "@ringfence/services/context";

/** Creates a separate shop that sells for Acme, and returns the context of one of its officers. */
export async function makeShop(installation: Installation): Promise<RootContext> {
  const { id } = await installation.db.prisma.organization.create({
    data: {
      name: "Shop",
      homeRegion: "US",
      sellers: { create: { key: "acme", name: "Acme", sector: "other" } },
      purposes: { create: { key: "marketing", name: "Marketing", kind: "promotional" } },
    },
  });
  const organizationId = OrganizationId.parse(id);
  const actor = { type: "member", id, role: "officer", sellerIds: [], isProven: true } as const;
  return { ...installation, organizationId, actor };
}
