import {
  type TransactionContext,
  query,
  visibleSellerIds,
  selectRow,
  selectRows,
} from "../../platform/internal.ts";
import { may } from "@ringfence/core/platform/access";
import { z } from "zod";
import { countDay } from "../../account/organization/internal.ts";
import { loadFirstSteps } from "./first-steps.ts";
import { ReasonCode } from "@ringfence/core/calling/screening";
import { listFilteredCauses } from "@ringfence/core/calling/violation";
import { pendingOptOutIds, reachOfOptOut } from "../../do-not-call/opt-out/internal.ts";
import { sql } from "kysely";
import { DAY_MS, daysBefore } from "@ringfence/core/platform/time";

const MONTH_DAYS = 30;

/**
 * Reads the start page, except what needs attention (`listNeeds`) and upcoming law changes (`listLawNotices`): the setup
 * checklist, screenings and reasons for refusing, the speed of opt-outs, the calls of the last 30 days and of the 30 days before
 * (null if the actor works for some sellers only), the wrong numbers of both spans (null if the actor may not read them),
 * and whether no registry is connected (false if the actor may not read registries). `zone` is the IANA time zone that
 * decides when the day of `day` began.
 */
export const readToday = query({
  name: "readToday",
  action: "organization.read",
  input: z.object({ zone: z.string() }),
  run: async (ctx, { zone }) => {
    const monthFrom = daysBefore(ctx.now, MONTH_DAYS);
    const monthBeforeFrom = daysBefore(monthFrom, MONTH_DAYS);
    const lastDay = { from: new Date(ctx.now.getTime() - DAY_MS), until: ctx.now };
    // All at once: while the database answers one, the next is prepared.
    const [firstSteps, day, refusals, speed, month, monthBefore, wrongNumbers, none] =
      await Promise.all([
        loadFirstSteps(ctx),
        countDay(ctx, { zone }),
        countRefusalReasons(ctx),
        measureOptOutSpeed(ctx, lastDay),
        countCalls(ctx, { from: monthFrom, until: null }),
        countCalls(ctx, { from: monthBeforeFrom, until: monthFrom }),
        countWrongNumbers(ctx, { from: monthFrom, before: monthBeforeFrom }),
        hasNoRegistry(ctx),
      ]);
    return {
      firstSteps,
      day,
      refusals,
      speed,
      monthFrom,
      month,
      monthBefore,
      wrongNumbers,
      hasNoRegistry: none,
    };
  },
  audit: "none",
});

export type Today = Awaited<ReturnType<typeof readToday>>;

async function hasNoRegistry({ db, organizationId, actor }: TransactionContext): Promise<boolean> {
  if (!may(actor, "registry.read")) return false;
  const where = { organizationId, disconnectedAt: null };
  return (await db.registry.findFirst({ where, select: { id: true } })) === null;
}

/**
 * Reasons for which screenings of the last 24 hours refused calls, for the sellers that the actor may see. A
 * screening may have several reasons.
 */
export type RecentRefusals = {
  /** Screenings by reason, most frequent first. */
  reasons: readonly { reason: ReasonCode; count: number }[];
  /** Screenings refused because a registry was not checked, by registry code. */
  unchecked: Readonly<Record<string, number>>;
};

const RefusalRow = z.object({
  reason: ReasonCode,
  registry: z.string().nullable(),
  /** True for the total of a reason over all registries. */
  isTotal: z.boolean(),
  count: z.number(),
});

async function countRefusalReasons({
  db,
  organizationId,
  actor,
  now,
}: TransactionContext): Promise<RecentRefusals> {
  const sellers = visibleSellerIds(actor);
  const rows = await selectRows(
    { db },
    RefusalRow,
    sql`
    SELECT refusal ->> 'reason' AS reason, refusal ->> 'registry' AS registry,
      grouping(refusal ->> 'registry') = 1 AS "isTotal", count(DISTINCT id)::int AS count
    FROM screening CROSS JOIN jsonb_array_elements(refusals) AS refusal
    WHERE organization_id = ${organizationId}::uuid AND verdict = 'refuse'
      AND at > ${now}::timestamptz - interval '24 hours'
      AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))
    GROUP BY GROUPING SETS ((refusal ->> 'reason'), (refusal ->> 'reason', refusal ->> 'registry'))
    ORDER BY count DESC, reason`,
  );
  const unchecked = rows.flatMap(({ reason, registry, isTotal, count }) =>
    reason === "registry-unchecked" && !isTotal && registry !== null ? [[registry, count]] : [],
  );
  return {
    reasons: rows.flatMap(({ reason, isTotal, count }) => (isTotal ? { reason, count } : [])),
    unchecked: Object.fromEntries(unchecked),
  };
}

/** Durations in milliseconds. `most` is the 99th percentile of `inForce`, and the 95th of `heard`. */
export type DurationStats = { count: number; p50: number; most: number; worst: number };

export type OptOutSpeed = {
  /** Start of the span in which the measured opt-outs were recorded. */
  from: Date;
  /** From when the person opted out (`at`) until it was recorded, without imports; null if there were none. */
  inForce: DurationStats | null;
  /**
   * From when an opt-out was recorded until every endpoint had received it, without imports; null if none has reached
   * all.
   */
  heard: DurationStats | null;
  /** Opt-outs that an endpoint is still waiting for, however old. */
  waiting: number;
};

const SpeedRow = z.object({
  what: z.enum(["inForce", "heard"]),
  count: z.number(),
  p50: z.number(),
  p95: z.number(),
  p99: z.number(),
  worst: z.number(),
});

/**
 * Measures how fast the opt-outs that were recorded in a span took effect, and how fast they reached every endpoint.
 * Imports do not count. Counts opt-outs from one of the sellers that the actor may see, and those from no single
 * seller.
 */
export async function measureOptOutSpeed(
  { db, organizationId, actor }: TransactionContext,
  { from, until }: { from: Date; until: Date },
): Promise<OptOutSpeed> {
  const sellers = visibleSellerIds(actor);
  const isVisible = sql`(${sellers}::uuid[] IS NULL OR seller_id IS NULL OR seller_id = ANY (${sellers}::uuid[]))`;
  const recent = sql`opt_out.organization_id = ${organizationId}::uuid AND channel <> 'import'
    AND recorded_at >= ${from}::timestamptz AND recorded_at <= ${until}::timestamptz
    AND ${isVisible}`;
  const speeds = await selectRows(
    { db },
    SpeedRow,
    sql`
    SELECT what, count(*)::int AS count,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
      percentile_disc(0.95) WITHIN GROUP (ORDER BY ms) AS p95,
      percentile_disc(0.99) WITHIN GROUP (ORDER BY ms) AS p99, max(ms) AS worst
    FROM (
      SELECT what, (extract(epoch FROM took) * 1000)::float8 AS ms FROM (
        SELECT 'inForce' AS what, recorded_at - at AS took FROM opt_out WHERE ${recent}
        UNION ALL
        SELECT 'heard', reached.at - recorded_at FROM opt_out CROSS JOIN ${reachOfOptOut}
        WHERE reached.at IS NOT NULL AND ${recent}
      ) AS durations
    ) AS timed
    GROUP BY what`,
  );
  const { waiting } = await selectRow(
    { db },
    z.object({ waiting: z.number() }),
    sql`SELECT count(*)::int AS waiting FROM opt_out
    WHERE opt_out.organization_id = ${organizationId}::uuid AND ${isVisible}
      AND id IN (${pendingOptOutIds(organizationId)})`,
  );
  const find = (what: "inForce" | "heard", most: "p95" | "p99"): DurationStats | null => {
    const row = speeds.find((speed) => speed.what === what);
    return row ? { count: row.count, p50: row.p50, most: row[most], worst: row.worst } : null;
  };
  return { from, inForce: find("inForce", "p99"), heard: find("heard", "p95"), waiting };
}

/**
 * Checked calls of a span. `bypassed`: placed without permission, because the screening refused them, the
 * permit had expired, or there was none. `afterRefusal`: violations of the highest severity because the person
 * had opted out, open or closed.
 */
type CallFigures = { calls: number; bypassed: number; afterRefusal: number };

const CallFiguresRow = z.object({
  calls: z.number(),
  bypassed: z.number(),
  afterRefusal: z.number(),
});

/** SQL for the UTC day of an instant. */
const toDay = (instant: Date | null) => sql`(${instant}::timestamptz AT TIME ZONE 'UTC')::date`;

/**
 * Counts the calls of a span: calls by whole days (UTC), violations to the instant. The day of `from` counts whole, so
 * a span that lasts until now has up to a day of calls more than the one before it. Null for members who work for some
 * sellers only, because the numbers cover all sellers.
 */
export async function countCalls(
  { db, organizationId, actor }: TransactionContext,
  { from, until }: { from: Date; until: Date | null },
): Promise<CallFigures | null> {
  if (visibleSellerIds(actor) !== null) return null;
  return selectRow(
    { db },
    CallFiguresRow,
    sql`
    SELECT "afterRefusal", bypassed, (
      SELECT coalesce(sum(calls), 0)::int FROM call_day
      WHERE organization_id = ${organizationId}::uuid AND day >= ${toDay(from)}
        AND (${until}::timestamptz IS NULL OR day < ${toDay(until)})
    ) AS calls
    FROM (
      SELECT count(*) FILTER (WHERE rank = 0 AND 'opted-out' = ANY (codes))::int AS "afterRefusal",
        count(*) FILTER (WHERE codes && ${listFilteredCauses("bypassed")}::text[])::int AS bypassed
      FROM violation
      WHERE organization_id = ${organizationId}::uuid AND at >= ${from}::timestamptz
        AND (${until}::timestamptz IS NULL OR at < ${until}::timestamptz)
    ) AS found`,
  );
}

/**
 * Counts the wrong numbers that were reported since `from`, and from `before` until then. Those that were ended since
 * count too. Null if the actor may not read suppressions.
 */
async function countWrongNumbers(
  { db, organizationId, actor }: TransactionContext,
  { from, before }: { from: Date; before: Date },
): Promise<{ count: number; before: number } | null> {
  if (!may(actor, "suppression.read")) return null;
  return selectRow(
    { db },
    z.object({ count: z.number(), before: z.number() }),
    sql`
    SELECT count(*) FILTER (WHERE recorded_at >= ${from}::timestamptz)::int AS count,
      count(*) FILTER (WHERE recorded_at < ${from}::timestamptz)::int AS before
    FROM suppression
    WHERE organization_id = ${organizationId}::uuid AND reason = 'wrong_person'
      AND recorded_at >= ${before}::timestamptz`,
  );
}
