import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { viewMembers } from "./view-members.ts";

/** Who works in the organization, and who did, by name. */
export async function listMembers(ctx: ServiceContext) {
  allow(ctx, "member.read");

  return inTransaction(ctx, (ctx) => viewMembers(ctx));
}
