import { selectPrivateHosts } from "@ringfence/core/platform/settings";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Installation } from "../../platform/internal.ts";
import { isFirstOrganization } from "./organization.ts";

declare module "../../platform/context.ts" {
  interface InstallationParts {
    /**
     * Hosts inside private networks that organizations may reach, also over http, as in `RINGFENCE_PRIVATE_HOSTS`.
     * Without it, none may be reached.
     */
    privateHosts?: readonly string[] | undefined;
  }
}

type Within = Pick<Installation, "privateHosts"> & {
  organizationId: OrganizationId;
  prisma: Parameters<typeof isFirstOrganization>[0]["prisma"];
};

/** Loads the hosts inside private networks that an organization may reach, `name` or `name:port`. */
export async function loadPrivateHosts({ prisma, organizationId, privateHosts = [] }: Within) {
  if (privateHosts.length === 0) return [];
  const isFirst = await isFirstOrganization({ prisma }, organizationId);
  return selectPrivateHosts(privateHosts, { organizationId, isFirst });
}
