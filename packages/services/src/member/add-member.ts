import type { AddMember } from "@ringfence/core/member";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { sellerIdsOf } from "../seller/seller-ids-of.ts";
import { makeMember } from "./make-member.ts";
import { recordMemberEvent } from "./record-member-event.ts";
import { requireOwnerStill } from "./require-owner-still.ts";

/** Lets a colleague in. This answer alone holds the first password, which they have to change. */
export async function addMember(ctx: ServiceContext, member: AddMember) {
  allow(ctx, "member.change");

  return inTransaction(ctx, async (ctx) => {
    await requireOwnerStill(ctx);
    const sellerIds = await sellerIdsOf(ctx, member.sellerIds, "/sellerIds");
    const made = await makeMember(ctx, { ...member, sellerIds });
    await recordMemberEvent(ctx, { memberId: made.memberId, kind: "added", isShown: true });
    await appendAudit(ctx, "member.change", {
      memberId: made.memberId,
      change: "added",
      role: member.role,
      sellers: sellerIds.join(),
    });
    return made;
  });
}
