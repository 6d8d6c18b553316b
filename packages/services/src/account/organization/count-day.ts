import { query, visibleSellerIds } from "../../platform/internal.ts";
import { z } from "zod";
import { dayStart, localClock } from "@ringfence/core/platform/time";

export type Screened = { allowed: number; refused: number };

/**
 * Counts what happened since midnight in a time zone (IANA), and in each of the last 24 hours, for the
 * sellers that the actor works for. The counts identify nobody.
 */
export const countDay = query({
  name: "countDay",
  action: "organization.read",
  input: z.custom<{ zone: string }>(),
  run: async ({ db, organizationId, actor, now }, { zone }) => {
    const sellers = visibleSellerIds(actor);
    const isTheirs = sellers && { sellerId: { in: [...sellers] } };
    const since = dayStart(zone, localClock(zone, now.getTime()).day);
    const screenedToday = { organizationId, at: { gte: since }, ...isTheirs };
    const [optOuts, allowed, refused, hours] = await Promise.all([
      db.optOut.count({
        where: {
          organizationId,
          recordedAt: { gte: since },
          ...(isTheirs && { OR: [{ sellerId: null }, isTheirs] }),
        },
      }),
      db.screening.count({ where: { ...screenedToday, verdict: "allow" } }),
      db.screening.count({ where: { ...screenedToday, verdict: "refuse" } }),
      db.$queryRaw<(Screened & { hour: Date })[]>`
        SELECT hour,
          count(*) FILTER (WHERE verdict = 'allow')::int AS allowed,
          count(*) FILTER (WHERE verdict = 'refuse')::int AS refused
        FROM generate_series(
          date_trunc('hour', ${now}::timestamptz) - interval '23 hours', ${now}, '1 hour') AS hour
        LEFT JOIN screening ON organization_id = ${organizationId}::uuid
          AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))
          AND at >= hour AND at < hour + interval '1 hour'
        GROUP BY hour ORDER BY hour`,
    ]);
    const screened: Screened = { allowed, refused };
    return { at: now, since, optOuts, screened, hours };
  },
  audit: "by run",
});
