import { command } from "../../platform/verb.ts";
import { MemberId } from "@ringfence/core/ids";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { lockColleague } from "./lock-colleague.ts";

/** Lets a colleague in no more, from the very next request on. What they did keeps their name. */
export const removeMember = command({
  name: "removeMember",
  action: "member.change",
  input: MemberId,
  run: async (ctx, id) => {
    const { db, organizationId, now } = ctx;
    await lockColleague(ctx, id);
    await db.member.updateMany({
      where: { organizationId, id },
      data: { removedAt: now, passwordHash: "" },
    });
    await db.session.deleteMany({ where: { organizationId, memberId: id } });
    await db.signInPlace.deleteMany({ where: { organizationId, memberId: id } });
    await appendAudit(ctx, "member.change", { memberId: id, change: "removed" });
  },
  audit: "by run",
});
