import { OrganizationId } from "@ringfence/core/ids";
import type { Installation } from "@ringfence/services/context";
import { makeMember } from "./make-caller";

/**
 * Creates an organization at its start: a member, a seller, a purpose, and nothing else. Its id can be set where a
 * setting of the demo names it.
 */
export async function makeEmpty(installation: Installation, chosen: { id?: OrganizationId } = {}) {
  const { id } = await installation.db.prisma.organization.create({
    data: {
      ...chosen,
      name: "New Here",
      homeRegion: "US",
      sellers: { create: [{ key: "new", name: "New Here", sector: "other" }] },
      purposes: { create: [{ key: "marketing", name: "Marketing", kind: "promotional" }] },
    },
  });
  const organizationId = OrganizationId.parse(id);
  const actor = { type: "job", name: "organization.found" } as const;
  const ctx = { ...installation, organizationId, actor };
  return { ctx, owner: await makeMember(ctx, "owner") };
}
