import type { TransactionContext } from "../../platform/context.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";

const DAYS = 30;

/** A day (`2026-03-01`) as the organization counts them, and how many activities of which type it saw. */
export type DayActivities = { day: string; counts: { type: string; count: number }[] };

/** The last days and today, those without activities too. */
export async function activitiesByDay(ctx: TransactionContext): Promise<DayActivities[]> {
  const { db, organizationId, now } = ctx;
  const { zone } = await organizationOf(ctx);
  const rows = await db.$queryRaw<{ day: string; type: string | null; count: number }[]>`
    WITH bounds AS (
      SELECT day::date FROM generate_series(
        (${now}::timestamptz AT TIME ZONE ${zone})::date - ${DAYS - 1}::int,
        (${now}::timestamptz AT TIME ZONE ${zone})::date, interval '1 day') AS day
    ), counted AS (
      SELECT (at AT TIME ZONE ${zone})::date AS day, type, count(*)::int AS count FROM activity
      WHERE organization_id = ${organizationId}::uuid AND contact_ordinal > 0
        AND at >= (SELECT min(day) FROM bounds)::timestamp AT TIME ZONE ${zone}
      GROUP BY 1, 2
    )
    SELECT day::text, type, coalesce(count, 0) AS count FROM bounds LEFT JOIN counted USING (day)
    ORDER BY day, type`;
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return [...byDay].map(([day, counts]) => ({
    day,
    counts: counts.flatMap(({ type, count }) => (type === null ? [] : [{ type, count }])),
  }));
}
