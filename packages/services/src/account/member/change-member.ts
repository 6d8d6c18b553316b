import { command } from "../../platform/verb.ts";
import { ChangeMember } from "@ringfence/core/account/member";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { sellerIdsOf } from "../seller/seller-ids-of.ts";
import { lockColleague } from "./lock-colleague.ts";
import { recordMemberEvent } from "./record-member-event.ts";

/**
 * Gives a colleague another role, or other sellers: both hold from their very next request on. Says
 * `conflict` where they are not what they were before.
 */
export const changeMember = command({
  name: "changeMember",
  action: "member.change",
  input: ChangeMember,
  run: async (ctx, { memberId: id, role, before, ...to }) => {
    const { db, organizationId } = ctx;
    const sellerIds = await sellerIdsOf(ctx, to.sellerIds, "/sellerIds");
    await lockColleague(ctx, id);
    const same = before && { role: before.role, sellerIds: { equals: before.sellerIds } };
    const { count } = await db.member.updateMany({
      where: { organizationId, id, ...same },
      data: { role, sellerIds },
    });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await recordMemberEvent(ctx, { memberId: id, kind: "role" });
    await appendAudit(ctx, "member.change", {
      memberId: id,
      change: "role",
      role,
      sellers: sellerIds.join(),
    });
  },
  audit: "by run",
});
