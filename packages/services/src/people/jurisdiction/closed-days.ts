import {
  type TransactionContext,
  command,
  endNow,
  loadMemberNames,
  query,
  requireEnded,
} from "../../platform/internal.ts";
import { AddClosedDay, EndClosedDay, JurisdictionId } from "@ringfence/core/people/jurisdiction";
import { requireMemberId } from "../../account/member/internal.ts";
import { assertKnownPlace, loadLaw } from "./load-law.ts";
import { DAY_MS } from "@ringfence/core/platform/time";

/**
 * Adds days on which nobody in a jurisdiction, or in one of its regions, is called. They count from now on, until
 * `endClosedDay` ends them.
 */
export const addClosedDay = command({
  name: "addClosedDay",
  action: "closed-day.change",
  input: AddClosedDay,
  run: async (ctx, { jurisdiction, region, first, last, reason }): Promise<{ id: string }> => {
    const { db, organizationId, now: from } = ctx;
    const [firstDay, lastDay] = [new Date(first), new Date(last)];
    assertKnownPlace((await loadLaw(ctx)).book, jurisdiction);
    const memberId = requireMemberId(ctx);
    const { id } = await db.closedDay.create({
      data: { organizationId, jurisdiction, region, firstDay, lastDay, reason, from, memberId },
    });
    return { id };
  },
  audit: ({ id: closedDayId }, { jurisdiction, region, first, last }) => ({
    closedDayId,
    jurisdiction,
    region,
    first,
    last,
    change: "added",
  }),
});

/** Ends days without calls from now on; earlier verdicts stay. Throws `not-found` if none with this id are in force. */
export const endClosedDay = command({
  name: "endClosedDay",
  action: "closed-day.change",
  input: EndClosedDay,
  run: async (ctx, { id }) => {
    const select = { jurisdiction: true, region: true } as const;
    const ended = await ctx.db.closedDay.updateManyAndReturn({ ...endNow(ctx, id), select });
    return requireEnded(ended, { key: "jurisdiction.closed-day-over" });
  },
  audit: ({ jurisdiction, region }, { id: closedDayId }) => ({
    closedDayId,
    jurisdiction,
    region,
    change: "taken-back",
  }),
  answer: () => {},
});

export type ClosedDayView = {
  id: string;
  jurisdiction: JurisdictionId;
  /** The only region that is closed (`ES-CT`); null if all of the jurisdiction is. */
  region: string | null;
  /** ISO dates. Both days are included. */
  first: string;
  last: string;
  reason: string;
  /** Time at which it was added. */
  from: Date;
  /** Member who added it; null if they are no longer known. */
  by: string | null;
};

/**
 * Condition for days without calls that are not over and were not ended. `lastDay` is a date, so the time of day is
 * dropped: yesterday (UTC) still counts, because it is not over everywhere.
 */
export const notOver = ({ now }: Pick<TransactionContext, "now">) => ({
  until: null,
  lastDay: { gte: new Date(now.getTime() - DAY_MS) },
});

/** Lists days without calls that are not over and were not ended, earliest first. */
export const listClosedDays = query({
  name: "listClosedDays",
  action: "rule.read",
  run: async (ctx): Promise<ClosedDayView[]> => {
    const { db, organizationId } = ctx;
    const rows = await db.closedDay.findMany({
      where: { organizationId, ...notOver(ctx) },
      orderBy: [{ firstDay: "asc" }, { id: "asc" }],
    });
    const names = await loadMemberNames(
      ctx,
      rows.map(({ memberId }) => memberId),
    );
    return rows.map(({ id, jurisdiction, region, firstDay, lastDay, reason, from, memberId }) => ({
      id,
      jurisdiction: JurisdictionId.parse(jurisdiction),
      region,
      first: isoDate(firstDay),
      last: isoDate(lastDay),
      reason,
      from,
      by: names.get(memberId) ?? null,
    }));
  },
  audit: "none",
});

const isoDate = (day: Date) => day.toISOString().slice(0, 10);
