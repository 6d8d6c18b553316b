import { query } from "../../platform/verb.ts";
import type { BlockedEditionTold } from "@ringfence/core/do-not-call/blocked-list";
import { ReadingSchedule, findNextReading } from "@ringfence/core/do-not-call/registry";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { tellBlockedEdition } from "./blocked-edition-view.ts";

const EDITIONS = 10;

export type BlockedListView = {
  /** IANA; by its clock the list is written. */
  zone: string;
  /** Null where it is not written. */
  schedule: ReadingSchedule | null;
  /** What it is fetched for; null where it is not written, and of one from before it was asked. */
  reason: string | null;
  /** Null where it is due, or never written. */
  nextAt: Date | null;
  /** The last ones, the newest first. */
  editions: BlockedEditionTold[];
};

/** Whether and when the blocked list is written for systems outside, and what came of it. */
export const readBlockedList = query({
  name: "readBlockedList",
  action: "endpoint.read",
  run: async (ctx): Promise<BlockedListView> => {
    const { db, organizationId, now } = ctx;
    const { zone } = await organizationOf(ctx);
    const list = await db.blockedList.findFirst({ where: { organizationId } });
    const rows = await db.blockedEdition.findMany({
      where: { organizationId },
      orderBy: { number: "desc" },
      take: EDITIONS,
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
      editions: rows.map((row) => tellBlockedEdition(row, last)),
    };
  },
  audit: "by run",
});
