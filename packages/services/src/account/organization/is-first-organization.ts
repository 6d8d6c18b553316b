import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";

/** Returns true if an organization was founded before all others of its installation. */
export async function isFirstOrganization(
  { prisma }: { prisma: Pick<Db["prisma"], "organization"> },
  id: OrganizationId,
): Promise<boolean> {
  const first = await prisma.organization.findFirst({
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return first?.id === id;
}
