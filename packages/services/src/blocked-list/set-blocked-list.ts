import type { SetBlockedList } from "@ringfence/core/blocked-list";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { type FileContext, inTransaction } from "../context.ts";
import { blockedFolder } from "../files/file-name.ts";

/**
 * Says whether and when the blocked list is written; the first time, within a minute. Where it is no more,
 * its files go, and with them numbers; another try erases what one that was cut short has left.
 */
export async function setBlockedList(ctx: FileContext, { schedule }: SetBlockedList) {
  allow(ctx, "endpoint.change");

  await inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    if (schedule === null) await db.blockedList.deleteMany({ where: { organizationId } });
    else {
      await db.blockedList.createMany({ data: { organizationId, schedule }, skipDuplicates: true });
      await db.blockedList.updateMany({ where: { organizationId }, data: { schedule } });
    }
    const times = schedule && { from: schedule.fromMinute, within: schedule.withinMinutes };
    const weekdays = schedule?.weekdays.join(" ") ?? "";
    await appendAudit(ctx, "endpoint.change", { change: "blocked-list", ...times, weekdays });
  });
  if (schedule === null) await ctx.files.eraseIn(blockedFolder(ctx.organizationId), () => false);
}
