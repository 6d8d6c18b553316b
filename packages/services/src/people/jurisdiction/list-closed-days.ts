import { query } from "../../platform/verb.ts";
import { JurisdictionId } from "@ringfence/core/people/jurisdiction";
import { DAY_MS } from "@ringfence/core/platform/time";
import { namesOf } from "../../account/member/names-of.ts";

export type ClosedDayListed = {
  id: string;
  jurisdiction: JurisdictionId;
  /** ISO dates, both included. */
  first: string;
  last: string;
  reason: string;
  /** Time at which it was added. */
  from: Date;
  /** Member who added it; null if they are no longer known. */
  by: string | null;
};

/** Lists days without calls that are not over and were not removed, earliest first. */
export const listClosedDays = query({
  name: "listClosedDays",
  action: "rule.read",
  run: async (ctx): Promise<ClosedDayListed[]> => {
    const { db, organizationId, now } = ctx;
    // Somewhere on earth it is still yesterday.
    const yesterday = new Date(now.getTime() - DAY_MS);
    const rows = await db.closedDay.findMany({
      where: { organizationId, until: null, lastDay: { gte: yesterday } },
      orderBy: [{ firstDay: "asc" }, { id: "asc" }],
    });
    const names = await namesOf(
      ctx,
      rows.map(({ memberId }) => memberId),
    );
    return rows.map(({ id, jurisdiction, firstDay, lastDay, reason, from, memberId }) => ({
      id,
      jurisdiction: JurisdictionId.parse(jurisdiction),
      first: isoDate(firstDay),
      last: isoDate(lastDay),
      reason,
      from,
      by: names.get(memberId) ?? null,
    }));
  },
  audit: "by run",
});

const isoDate = (day: Date) => day.toISOString().slice(0, 10);
