import type { MemberId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { viewMembers } from "./view-members.ts";

/** One who works in the organization, or did. Says `not-found` of others. */
export async function readMember(ctx: ServiceContext, id: MemberId) {
  allow(ctx, "member.read");

  const [member] = await inTransaction(ctx, (ctx) => viewMembers(ctx, { id }));
  if (member === undefined) throw new ServiceError("not-found", { key: "error.member-not-found" });
  return member;
}
