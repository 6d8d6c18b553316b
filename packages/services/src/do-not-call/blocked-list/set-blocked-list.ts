import { command } from "../../platform/verb.ts";
import { SetBlockedList } from "@ringfence/core/do-not-call/blocked-list";
import { mendText } from "@ringfence/core/platform/text";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type FileContext,
  inTransaction,
  type TransactionContext,
} from "../../platform/context.ts";
import { blockedFolder } from "../../platform/files/file-name.ts";

/**
 * Says whether and when the blocked list is written, and what for, which stays on record; the first time, it is
 * written within a minute. Where it is no more,
 * its files go, and with them numbers; another try erases what one that was cut short has left.
 */
export const setBlockedList = command({
  name: "setBlockedList",
  action: "endpoint.change",
  input: SetBlockedList,
  transaction: "by run",
  run: async (ctx: FileContext, set: SetBlockedList) => {
    const { schedule } = set;
    await inTransaction(ctx, async (ctx) => {
      const { db, organizationId } = ctx;
      const exportId = "reason" in set ? await keepReason(ctx, set.reason) : undefined;
      if (set.schedule === null) await db.blockedList.deleteMany({ where: { organizationId } });
      else {
        const data = { schedule: set.schedule, reason: mendText(set.reason) };
        await db.blockedList.createMany({
          data: { organizationId, ...data },
          skipDuplicates: true,
        });
        await db.blockedList.updateMany({ where: { organizationId }, data });
      }
      const times = schedule && { from: schedule.fromMinute, within: schedule.withinMinutes };
      const weekdays = schedule?.weekdays.join(" ") ?? "";
      const made = exportId && { exportId };
      await appendAudit(ctx, "endpoint.change", {
        change: "blocked-list",
        ...made,
        ...times,
        weekdays,
      });
    });
    if (schedule === null) await ctx.files.eraseIn(blockedFolder(ctx.organizationId), () => false);
  },
  audit: "by run",
});

/** Puts on record, for the audit log, what the list is given away for: by then a later reason may stand in its place. */
async function keepReason(
  { db, organizationId, actor, now }: TransactionContext,
  reason: string,
): Promise<string> {
  const made = { list: "blocked-list", reason: mendText(reason), at: now };
  const { id } = await db.listExport.create({
    data: { organizationId, ...made, actor: actorOnRecord(actor) },
  });
  return id;
}
