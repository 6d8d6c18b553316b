import type { AddClosedDay } from "@ringfence/core/people/jurisdiction";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { requireSelf } from "../../account/member/require-self.ts";

/** Adds days on which nobody in a jurisdiction is called, starting now, until `endClosedDay` removes them. */
export async function addClosedDay(
  ctx: ServiceContext,
  { jurisdiction, first, last, reason }: AddClosedDay,
): Promise<{ id: string }> {
  allow(ctx, "closed-day.change");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now: from } = ctx;
    const [firstDay, lastDay] = [new Date(first), new Date(last)];
    const memberId = requireSelf(ctx);
    const { id } = await db.closedDay.create({
      data: { organizationId, jurisdiction, firstDay, lastDay, reason, from, memberId },
    });
    const told = { closedDayId: id, jurisdiction, first, last };
    await appendAudit(ctx, "closed-day.change", { ...told, change: "added" });
    return { id };
  });
}
