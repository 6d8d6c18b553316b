import { sql } from "kysely";
import { type TransactionContext, query, selectRows } from "../../platform/internal.ts";
import { loadActivityTypes } from "./activity-types.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { ContactId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { z } from "zod";

/**
 * Reads the page of activities: types, counts by day, the latest arrivals with their people, and recent
 * submissions with rejected rows. It is audited if it shows any person.
 */
export const readActivities = query({
  name: "readActivities",
  action: "activity.read",
  transaction: { timeoutMs: 20_000 }, // counts a month of millions of activities
  run: async (ctx) => ({
    types: await loadActivityTypes(ctx),
    days: await countByDay(ctx),
    arrivals: await listArrivals(ctx),
    sent: await listSubmissions(ctx),
  }),
  audit: ({ arrivals }) => (arrivals.length > 0 ? { listed: arrivals.length } : null),
});

const CHARTED_DAYS = 30;

/** A day (`2026-03-01`) in the organization's time zone, with the number of activities that happened on it, by type. */
export type DayActivities = { day: string; counts: { type: string; count: number }[] };

/**
 * Counts the activities that happened in the last 30 days, today included, by type. Lists days without any, too. An
 * activity of a later day is counted when that day has come.
 */
async function countByDay(ctx: TransactionContext): Promise<DayActivities[]> {
  const { db, organizationId, now } = ctx;
  const { zone } = await loadOrganization(ctx);
  // `contact_ordinal > 0` is always true. It shows the planner that the covering index can be used.
  const rows = await selectRows(
    { db },
    z.object({ day: z.string(), type: z.string().nullable(), count: z.number() }),
    sql`
    WITH bounds AS (
      SELECT day::date FROM generate_series(
        (${now}::timestamptz AT TIME ZONE ${zone})::date - ${CHARTED_DAYS - 1}::int,
        (${now}::timestamptz AT TIME ZONE ${zone})::date, interval '1 day') AS day
    ), counted AS (
      SELECT (at AT TIME ZONE ${zone})::date AS day, type, count(*)::int AS count FROM activity
      WHERE organization_id = ${organizationId}::uuid AND contact_ordinal > 0
        AND at >= (SELECT min(day) FROM bounds)::timestamp AT TIME ZONE ${zone}
      GROUP BY 1, 2
    )
    SELECT day::text, type, coalesce(count, 0) AS count FROM bounds LEFT JOIN counted USING (day)
    ORDER BY day, type`,
  );
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return [...byDay].map(([day, counts]) => ({
    day,
    counts: counts.flatMap(({ type, count }) => (type === null ? [] : [{ type, count }])),
  }));
}

const MAX_ARRIVALS = 20;
/** Older arrivals are for segments to find. */
const ARRIVAL_DAYS = 7;

/** A recent activity. `amount` is in hundredths. */
export type Arrival = {
  recordedAt: Date;
  at: Date;
  type: string;
  amount: number | null;
  category: string | null;
  contactId: ContactId;
  name: string | null;
  externalId: string | null;
};

/** Lists the activities that were recorded last, whenever they happened, with their contacts. */
async function listArrivals({ db, organizationId, now }: TransactionContext): Promise<Arrival[]> {
  const since = new Date(now.getTime() - ARRIVAL_DAYS * DAY_MS);
  const rows = await db.activity.findMany({
    where: { organizationId, recordedAt: { gte: since } },
    orderBy: [{ recordedAt: "desc" }, { at: "desc" }, { key: "asc" }],
    take: MAX_ARRIVALS,
    include: { contact: { select: { id: true, name: true, externalId: true } } },
  });
  return rows.map(({ recordedAt, at, type, amount, category, contact: { id, ...person } }) => ({
    recordedAt,
    at,
    type,
    amount,
    category,
    contactId: ContactId.parse(id),
    ...person,
  }));
}

const MAX_SUBMISSIONS = 20;

const SubmissionDetails = z.object({
  accepted: z.int(),
  rejected: z.int(),
  /** Rejected rows by field: `at 3, contact 2`. */
  refused: z.string().default(""),
});

/** One submission: how many rows were accepted, and how many rejected for which field. */
export type ActivitySubmission = z.infer<typeof SubmissionDetails> & { at: Date };

/** Lists the latest submissions with rejected rows. Their senders were told about every row. */
async function listSubmissions({
  db,
  organizationId,
}: TransactionContext): Promise<ActivitySubmission[]> {
  const rows = await db.auditEntry.findMany({
    where: {
      organizationId,
      action: "activity.record",
      details: { path: ["rejected"], gt: 0 },
    },
    select: { at: true, details: true },
    orderBy: { at: "desc" },
    take: MAX_SUBMISSIONS,
  });
  return rows.map(({ at, details }) => ({ at, ...SubmissionDetails.parse(details) }));
}
