import type { MemberId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { lockColleague } from "./lock-colleague.ts";
import { makeFirstPassword } from "./make-first-password.ts";
import { hashPassword } from "./password.ts";
import { recordMemberEvent } from "./record-member-event.ts";

/** For a colleague who has forgotten theirs: as at first, and wherever they are signed in, that ends. */
export async function giveFirstPassword(ctx: ServiceContext, id: MemberId) {
  allow(ctx, "member.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await lockColleague(ctx, id);
    const firstPassword = await makeFirstPassword(ctx);
    const passwordHash = await hashPassword(firstPassword);
    await db.member.updateMany({
      where: { organizationId, id },
      data: { passwordHash, hasFirstPassword: true },
    });
    await db.session.deleteMany({ where: { organizationId, memberId: id } });
    await recordMemberEvent(ctx, { memberId: id, kind: "reset", isShown: true });
    await appendAudit(ctx, "member.change", { memberId: id, change: "first-password" });
    return { firstPassword };
  });
}
