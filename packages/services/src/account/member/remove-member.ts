import type { MemberId } from "@ringfence/core/ids";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { lockColleague } from "./lock-colleague.ts";

/** Lets a colleague in no more, from the very next request on. What they did keeps their name. */
export async function removeMember(ctx: ServiceContext, id: MemberId) {
  allow(ctx, "member.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    await lockColleague(ctx, id);
    await db.member.updateMany({
      where: { organizationId, id },
      data: { removedAt: now, passwordHash: "" },
    });
    await db.session.deleteMany({ where: { organizationId, memberId: id } });
    await db.signInPlace.deleteMany({ where: { organizationId, memberId: id } });
    await appendAudit(ctx, "member.change", { memberId: id, change: "removed" });
  });
}
