import type { MemberId } from "@ringfence/core/ids";
import type { AddMember } from "@ringfence/core/account/member";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { sellerIdsOf } from "../seller/seller-ids-of.ts";
import { makeMember } from "./make-member.ts";
import { createMemberLink } from "./member-link.ts";
import { recordMemberEvent } from "./record-member-event.ts";
import { requireOwnerStill } from "./require-owner-still.ts";

/**
 * Adds a colleague, who gets a link to choose a password. The link is mailed to them; if mail is not set up,
 * only this answer contains it.
 */
export async function addMember(
  ctx: ServiceContext,
  member: AddMember,
  { isMailSet }: { isMailSet: boolean },
): Promise<{ memberId: MemberId; link: string | null }> {
  allow(ctx, "member.change");

  return inTransaction(ctx, async (ctx) => {
    await requireOwnerStill(ctx);
    const sellerIds = await sellerIdsOf(ctx, member.sellerIds, "/sellerIds");
    const memberId = await makeMember(ctx, { ...member, sellerIds, passwordHash: "" });
    const link = await createMemberLink(ctx, memberId, { isMailed: isMailSet });
    await recordMemberEvent(ctx, { memberId, kind: "added", isShown: !isMailSet });
    await appendAudit(ctx, "member.change", {
      memberId,
      change: "added",
      role: member.role,
      sellers: sellerIds.join(),
    });
    return { memberId, link };
  });
}
