import {
  type FileContext,
  type TransactionContext,
  appendAudit,
  blockedFolder,
  command,
  inTransaction,
  query,
  toStoredActor,
} from "../../platform/internal.ts";
import {
  type BlockedEditionView,
  CHANGES_KEPT,
  SetBlockedList,
  blockedChangesPath,
  blockedListPath,
} from "@ringfence/core/do-not-call/blocked-list";
import { mendText } from "@ringfence/core/platform/text";
import { ReadingSchedule, findNextReading } from "@ringfence/core/do-not-call/registry";
import { loadOrganization } from "../../account/organization/internal.ts";

/**
 * Sets whether, when and for what purpose the blocked list is written; the purpose stays recorded. A sweep starts
 * the first edition within a minute. Turning the list off erases its files, because they contain numbers; if that
 * is interrupted, turning it off again erases the rest.
 */
export const setBlockedList = command({
  name: "setBlockedList",
  action: "endpoint.change",
  input: SetBlockedList,
  transaction: "by run",
  run: async (ctx: FileContext, settings: SetBlockedList) => {
    const { schedule } = settings;
    await inTransaction(ctx, async (ctx) => {
      const { db, organizationId } = ctx;
      const exportId = "reason" in settings ? await saveReason(ctx, settings.reason) : undefined;
      if (settings.schedule === null) {
        await db.blockedList.deleteMany({ where: { organizationId } });
      } else {
        const data = { schedule: settings.schedule, reason: mendText(settings.reason) };
        await db.blockedList.createMany({
          data: { organizationId, ...data },
          skipDuplicates: true,
        });
        await db.blockedList.updateMany({ where: { organizationId }, data });
      }
      await appendAudit(ctx, "endpoint.change", {
        change: "blocked-list",
        ...(exportId && { exportId }),
        ...(schedule && { from: schedule.fromMinute, within: schedule.withinMinutes }),
        weekdays: schedule?.weekdays.join(" ") ?? "",
      });
    });
    if (schedule === null) await ctx.files.eraseIn(blockedFolder(ctx.organizationId), () => false);
  },
  // One row, in the transaction that changes the settings. The files are erased after it.
  audit: "by run",
});

/**
 * Records the purpose of the list for the audit trail, because a later one may replace it in the settings. Returns the
 * id by which the audit row names it.
 */
async function saveReason(
  { db, organizationId, actor, now }: TransactionContext,
  reason: string,
): Promise<string> {
  const purpose = { list: "blocked-list", reason: mendText(reason), at: now };
  const { id } = await db.listExport.create({
    data: { organizationId, ...purpose, actor: toStoredActor(actor) },
  });
  return id;
}

const EDITIONS_SHOWN = 10;

export type BlockedListView = {
  /** IANA time zone of the schedule. */
  zone: string;
  /** Null if the list is turned off. */
  schedule: ReadingSchedule | null;
  /**
   * Purpose for which the list is fetched; null if it is turned off, was set up before a purpose was required, or was
   * turned on by connecting a dialer that reads it (`connectDialer`).
   */
  reason: string | null;
  /** When an edition is due by the schedule; a change may lead to an earlier one. Null if due now or turned off. */
  nextAt: Date | null;
  /** The last editions, newest first. */
  editions: BlockedEditionView[];
};

/** Returns whether and when the blocked list is written for outside systems, and its last editions. */
export const readBlockedList = query({
  name: "readBlockedList",
  action: "endpoint.read",
  run: async (ctx): Promise<BlockedListView> => {
    const { db, organizationId, now } = ctx;
    const { zone } = await loadOrganization(ctx);
    const list = await db.blockedList.findFirst({ where: { organizationId } });
    const rows = await db.blockedEdition.findMany({
      where: { organizationId },
      orderBy: { number: "desc" },
      take: EDITIONS_SHOWN,
    });
    const schedule = list && ReadingSchedule.parse(list.schedule);
    const nextAt =
      schedule && findNextReading({ id: organizationId, zone, schedule }, list.sweptAt, now);
    const last = rows[0]?.number ?? 0;
    const reason = list?.reason ?? null;
    return {
      zone,
      schedule,
      reason,
      nextAt,
      editions: rows.map((row) => toBlockedEditionView(row, last)),
    };
  },
  audit: "none",
});

type EditionRow = {
  number: number;
  sha256: string;
  lines: bigint;
  bytes: bigint;
  added: bigint;
  removed: bigint;
  hasChanges: boolean;
  writtenAt: Date;
};

/** Converts a row. `last` is the number of the last edition: only it and some before it keep their changes. */
export const toBlockedEditionView = (row: EditionRow, last: number): BlockedEditionView => ({
  edition: row.number,
  sha256: row.sha256,
  lines: Number(row.lines),
  bytes: Number(row.bytes),
  added: Number(row.added),
  removed: Number(row.removed),
  writtenAt: row.writtenAt,
  whole: blockedListPath,
  changes:
    row.hasChanges && row.number > last - CHANGES_KEPT ? blockedChangesPath(row.number) : null,
});
