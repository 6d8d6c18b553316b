import type { MemberId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { lockColleague } from "./lock-colleague.ts";
import { createMemberLink } from "./member-link.ts";
import { recordMemberEvent } from "./record-member-event.ts";

/**
 * Resets a colleague who forgot their password. The password and all their sessions end, and they choose a
 * new one with a link. The link is mailed to them; if mail is not set up, only this answer contains it.
 */
export async function resetMember(
  ctx: ServiceContext,
  id: MemberId,
  { isMailSet }: { isMailSet: boolean },
): Promise<{ link: string | null }> {
  allow(ctx, "member.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await lockColleague(ctx, id);
    await db.member.updateMany({
      where: { organizationId, id },
      data: { passwordHash: "", hasFirstPassword: true },
    });
    await db.session.deleteMany({ where: { organizationId, memberId: id } });
    const link = await createMemberLink(ctx, id, { isMailed: isMailSet });
    await recordMemberEvent(ctx, { memberId: id, kind: "reset", isShown: !isMailSet });
    await appendAudit(ctx, "member.change", { memberId: id, change: "link", isMailed: isMailSet });
    return { link };
  });
}
