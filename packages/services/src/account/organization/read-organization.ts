import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { organizationOf } from "./organization-of.ts";

/** How the organization reads numbers and dials, and by which clock its nights begin. */
export async function readOrganization(ctx: ServiceContext) {
  allow(ctx, "organization.read");

  return inTransaction(ctx, organizationOf);
}
