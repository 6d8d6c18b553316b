import type { ChangeMember } from "@ringfence/core/account/member";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { sellerIdsOf } from "../seller/seller-ids-of.ts";
import { lockColleague } from "./lock-colleague.ts";
import { recordMemberEvent } from "./record-member-event.ts";

/**
 * Gives a colleague another role, or other sellers: both hold from their very next request on. Says
 * `conflict` where they are not what they were before.
 */
export async function changeMember(
  ctx: ServiceContext,
  { memberId: id, role, before, ...to }: ChangeMember,
) {
  allow(ctx, "member.change");

  await inTransaction(ctx, async (ctx) => {
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
  });
}
