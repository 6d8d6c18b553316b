import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { loadActivityTypes } from "./activity-types.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { ContactId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import { z } from "zod";

const TIMEOUT_MS = 20_000;

/**
 * What activities an organization knows, how many there were by day, the last that came and of whom, and
 * what was sent with rows that could not be taken. Who looked is on record.
 */
export async function readActivities(ctx: ServiceContext) {
  allow(ctx, "activity.read");

  return inTransaction(ctx, readAll, { timeoutMs: TIMEOUT_MS });
}

async function readAll(ctx: TransactionContext) {
  const arrivals = await listArrivals(ctx);
  if (arrivals.length > 0) await appendAudit(ctx, "activity.read", { listed: arrivals.length });
  return {
    types: await loadActivityTypes(ctx),
    days: await countByDay(ctx),
    arrivals,
    sent: await listSubmissions(ctx),
  };
}

const CHARTED_DAYS = 30;

/** A day (`2026-03-01`) as the organization counts them, and how many activities of which type it saw. */
export type DayActivities = { day: string; counts: { type: string; count: number }[] };

/** The last days and today, those without activities too. */
async function countByDay(ctx: TransactionContext): Promise<DayActivities[]> {
  const { db, organizationId, now } = ctx;
  const { zone } = await organizationOf(ctx);
  const rows = await db.$queryRaw<{ day: string; type: string | null; count: number }[]>`
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
    ORDER BY day, type`;
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return [...byDay].map(([day, counts]) => ({
    day,
    counts: counts.flatMap(({ type, count }) => (type === null ? [] : [{ type, count }])),
  }));
}

const MAX_ARRIVALS = 20;
/** What came earlier is for a segment to find. */
const ARRIVAL_DAYS = 7;

/** An activity as it came: `amount` in hundredths. */
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

/** The last that came in the last days, and of whom. */
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
  /** By which fields, and how many: `at 3, contact 2`. */
  refused: z.string().default(""),
});

/** What was sent at once: how much of it was taken, and by which fields how much was not. */
export type ActivitySubmission = z.infer<typeof SubmissionDetails> & { at: Date };

/** The last times that rows were refused. Each sender was told of every line why. */
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
