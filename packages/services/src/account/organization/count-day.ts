import { query, selectRow, selectRows, visibleSellerIds } from "../../platform/internal.ts";
import { sql } from "kysely";
import { z } from "zod";
import { DAY_MS, Zone, dayStart, localClock } from "@ringfence/core/platform/time";

const VerdictCounts = z.object({ allowed: z.number(), refused: z.number() });
export type VerdictCounts = z.infer<typeof VerdictCounts>;
const ScreenedDays = VerdictCounts.extend({ allowedBefore: z.number(), refusedBefore: z.number() });

const WEEK_DAYS = 7;
const HOUR_MS = 3_600_000;

/**
 * Counts opt-outs recorded and calls screened since midnight in a time zone (IANA), and screenings in each of the last 24
 * clock hours (UTC), the current one included, for the sellers that the actor works for; an opt-out that names no seller
 * counts for all. To compare, it also counts opt-outs from midnight to the same time a week ago, and screenings of the 24
 * hours before those. The counts identify nobody.
 */
export const countDay = query({
  name: "countDay",
  action: "organization.read",
  input: z.object({ zone: Zone }),
  run: async ({ db, organizationId, actor, now }, { zone }) => {
    const sellers = visibleSellerIds(actor);
    const isTheirs = sellers && { sellerId: { in: [...sellers] } };
    const today = localClock(zone, now.getTime()).day;
    const since = dayStart(zone, today);
    const weekAgo = dayStart(zone, today - WEEK_DAYS);
    const sameTime = new Date(weekAgo.getTime() + (now.getTime() - since.getTime()));
    const firstHour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS - 23 * HOUR_MS);
    const dayBefore = new Date(firstHour.getTime() - DAY_MS);
    const countOptOuts = (recordedAt: { gte: Date; lt?: Date }) =>
      db.optOut.count({
        where: {
          organizationId,
          recordedAt,
          ...(isTheirs && { OR: [{ sellerId: null }, isTheirs] }),
        },
      });
    const [optOuts, optOutsWeekAgo, days, hours] = await Promise.all([
      countOptOuts({ gte: since }),
      countOptOuts({ gte: weekAgo, lt: sameTime }),
      selectRow(
        { db },
        ScreenedDays,
        sql`
        SELECT count(*) FILTER (WHERE at >= ${since}::timestamptz AND verdict = 'allow')::int AS allowed,
          count(*) FILTER (WHERE at >= ${since}::timestamptz AND verdict = 'refuse')::int AS refused,
          count(*) FILTER (WHERE at < ${firstHour}::timestamptz AND verdict = 'allow')::int AS "allowedBefore",
          count(*) FILTER (WHERE at < ${firstHour}::timestamptz AND verdict = 'refuse')::int AS "refusedBefore"
        FROM screening WHERE organization_id = ${organizationId}::uuid AND at >= ${dayBefore}::timestamptz
          AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))`,
      ),
      selectRows(
        { db },
        VerdictCounts.extend({ hour: z.date() }),
        sql`
        SELECT hour,
          count(*) FILTER (WHERE verdict = 'allow')::int AS allowed,
          count(*) FILTER (WHERE verdict = 'refuse')::int AS refused
        FROM generate_series(
          date_trunc('hour', ${now}::timestamptz) - interval '23 hours', ${now}, '1 hour') AS hour
        LEFT JOIN screening ON organization_id = ${organizationId}::uuid
          AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))
          AND at >= hour AND at < hour + interval '1 hour'
        GROUP BY hour ORDER BY hour`,
      ),
    ]);
    const { allowed, refused, allowedBefore, refusedBefore } = days;
    return {
      at: now,
      since,
      optOuts,
      optOutsWeekAgo,
      screened: { allowed, refused } satisfies VerdictCounts,
      screenedDayBefore: { allowed: allowedBefore, refused: refusedBefore } satisfies VerdictCounts,
      hours,
    };
  },
  audit: "none",
});
