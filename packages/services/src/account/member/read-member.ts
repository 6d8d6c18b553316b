import type { MemberId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { viewMembers } from "./view-members.ts";

/** One who works in the organization, or did. Says `not-found` of others. */
export async function readMember(ctx: ServiceContext, id: MemberId) {
  allow(ctx, "member.read");

  const [member] = await inTransaction(ctx, (ctx) => viewMembers(ctx, { id }));
  if (member === undefined) throw new ServiceError("not-found", { key: "error.member-not-found" });
  return member;
}
