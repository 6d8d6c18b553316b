import type { ChangeMember } from "@ringfence/core/member";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { sellerIdsOf } from "../seller/seller-ids-of.ts";
import { lockColleague } from "./lock-colleague.ts";

/** Gives a colleague another role, or other sellers: both hold from their very next request on. */
export async function changeMember(
  ctx: ServiceContext,
  { memberId: id, role, ...to }: ChangeMember,
) {
  allow(ctx, "member.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const sellerIds = await sellerIdsOf(ctx, to.sellerIds, "/sellerIds");
    await lockColleague(ctx, id);
    await db.member.updateMany({ where: { organizationId, id }, data: { role, sellerIds } });
    await appendAudit(ctx, "member.change", {
      memberId: id,
      change: "role",
      role,
      sellers: sellerIds.join(),
    });
  });
}
