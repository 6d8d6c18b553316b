import {
  type TransactionContext,
  query,
  visibleSellerIds,
  selectRows,
} from "../../platform/internal.ts";
import { z } from "zod";
import { may } from "@ringfence/core/platform/access";
import { countDay } from "../../account/organization/internal.ts";
import { listRegistries } from "../../do-not-call/registry/internal.ts";
import { listNeeds } from "./list-needs.ts";
import { ReasonCode } from "@ringfence/core/calling/screening";
import { type RawBuilder, sql } from "kysely";
import { DAY_MS } from "@ringfence/core/platform/time";

const MONTH_DAYS = 30;

/**
 * Reads the figures of the start page: what needs attention, screenings and reasons for refusing, the speed of
 * opt-outs, the calls of the last 30 days and of the 30 days before (null if the actor works for some sellers
 * only), and the registries (null if the actor may not read them). `zone` is the IANA time zone that decides
 * when the day of `day` began.
 */
export const readToday = query({
  name: "readToday",
  action: "organization.read",
  input: z.object({ zone: z.string() }),
  run: async (ctx, { zone }) => {
    const month = new Date(ctx.now.getTime() - MONTH_DAYS * DAY_MS);
    const monthBefore = new Date(month.getTime() - MONTH_DAYS * DAY_MS);
    return {
      needs: await listNeeds(ctx),
      day: await countDay(ctx, { zone }),
      refusals: await countRefusalReasons(ctx),
      speed: await measureOptOutSpeed(ctx),
      month: await countMonthCalls(ctx, { gte: month }),
      monthBefore: await countMonthCalls(ctx, { gte: monthBefore, lt: month }),
      registries: may(ctx.actor, "registry.read") ? await listRegistries(ctx) : null,
    };
  },
  audit: "none",
});

export type Today = Awaited<ReturnType<typeof readToday>>;

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

/** Durations in milliseconds. */
export type Speed = { count: number; p50: number; p99: number; worst: number };

export type OptOutSpeed = {
  /** From when the person opted out (`at`) until it was recorded, without imports; null if there were none. */
  inForce: Speed | null;
  /** From when a delivery to an endpoint was created until it was received; null if none was. */
  heard: Speed | null;
  /** Deliveries of opt-outs that are still pending, however old. */
  waiting: number;
};

type SpeedRow = { count: number; p50: number | null; p99: number; worst: number };

/**
 * Measures how fast opt-outs were recorded and reached endpoints in the last 24 hours: of the whole organization,
 * whatever sellers the actor may see.
 */
async function measureOptOutSpeed({
  db,
  organizationId,
  now,
}: TransactionContext): Promise<OptOutSpeed> {
  const inForce = await measureSpeed(
    db,
    sql`SELECT recorded_at - at AS took FROM opt_out
      WHERE organization_id = ${organizationId}::uuid AND channel <> 'import'
        AND recorded_at > ${now}::timestamptz - interval '24 hours'`,
  );
  const heard = await measureSpeed(
    db,
    sql`SELECT heard_at - created_at AS took FROM delivery
      WHERE organization_id = ${organizationId}::uuid AND event = 'opt-out.recorded'
        AND heard_at > ${now}::timestamptz - interval '24 hours'`,
  );
  const waiting = await db.delivery.count({
    where: { organizationId, status: "pending", event: "opt-out.recorded" },
  });
  return { inForce, heard, waiting };
}

/** Computes percentiles of the intervals `took` of some rows. Null if there are no rows. */
async function measureSpeed(
  db: TransactionContext["db"],
  rows: RawBuilder<unknown>,
): Promise<Speed | null> {
  const found = await sql<SpeedRow>`
    SELECT count(*)::int AS count,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
      percentile_disc(0.99) WITHIN GROUP (ORDER BY ms) AS p99, max(ms) AS worst
    FROM (
      SELECT (extract(epoch FROM took) * 1000)::float8 AS ms FROM (${rows}) AS durations
    ) AS timed`.execute(db.$kysely);
  return found.rows.flatMap(({ p50, ...row }) => (p50 === null ? [] : { ...row, p50 }))[0] ?? null;
}

/**
 * Checked calls of 30 days. `bypassed`: placed without permission, because the screening refused them, the
 * permit had expired, or there was none. `afterRefusal`: violations of the highest severity because the person
 * had opted out, open or closed.
 */
export type MonthCalls = { calls: number; bypassed: number; afterRefusal: number };

/**
 * Counts the calls of a span: calls by whole days (UTC), violations to the instant. Null for members who work for
 * some sellers only, because the numbers cover all sellers.
 */
async function countMonthCalls(
  { db, organizationId, actor }: TransactionContext,
  span: { gte: Date; lt?: Date },
): Promise<MonthCalls | null> {
  if (visibleSellerIds(actor) !== null) return null;
  const { _sum: sum } = await db.callDay.aggregate({
    where: { organizationId, day: span },
    _sum: { calls: true, bypassed: true },
  });
  const afterRefusal = await db.violation.count({
    where: { organizationId, rank: 0, codes: { has: "opted-out" }, at: span },
  });
  return { calls: sum.calls ?? 0, bypassed: sum.bypassed ?? 0, afterRefusal };
}
