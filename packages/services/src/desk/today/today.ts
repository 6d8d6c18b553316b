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
 * Reads the start page: what needs attention, screenings and their reasons, the speed of opt-outs, calls
 * without screening in 30 days and in the 30 days before, and the age of registries (null if the actor may not read them). `zone` (IANA) says
 * when the day began.
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
 * Why screenings of the last 24 hours refused calls of the actor's sellers. A screening may have several
 * reasons.
 */
export type DayRefusals = {
  /** Screenings by reason, most frequent first. */
  reasons: readonly { reason: ReasonCode; count: number }[];
  /** Screenings refused because a registry was not checked, by registry code. */
  unchecked: Readonly<Record<string, number>>;
};

const RefusalRow = z.object({
  reason: ReasonCode,
  registry: z.string().nullable(),
  isOfAll: z.boolean(),
  count: z.number(),
});

async function countRefusalReasons({
  db,
  organizationId,
  actor,
  now,
}: TransactionContext): Promise<DayRefusals> {
  const sellers = visibleSellerIds(actor);
  const rows = await selectRows(
    { db },
    RefusalRow,
    sql`
    SELECT refusal ->> 'reason' AS reason, refusal ->> 'registry' AS registry,
      grouping(refusal ->> 'registry') = 1 AS "isOfAll", count(DISTINCT id)::int AS count
    FROM screening CROSS JOIN jsonb_array_elements(refusals) AS refusal
    WHERE organization_id = ${organizationId}::uuid AND verdict = 'refuse'
      AND at > ${now}::timestamptz - interval '24 hours'
      AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))
    GROUP BY GROUPING SETS ((refusal ->> 'reason'), (refusal ->> 'reason', refusal ->> 'registry'))
    ORDER BY count DESC, reason`,
  );
  const unchecked = rows.flatMap(({ reason, registry, isOfAll, count }) =>
    reason === "registry-unchecked" && !isOfAll && registry !== null ? [[registry, count]] : [],
  );
  return {
    reasons: rows.flatMap(({ reason, isOfAll, count }) => (isOfAll ? { reason, count } : [])),
    unchecked: Object.fromEntries(unchecked),
  };
}

/** Durations in milliseconds. */
export type Speed = { count: number; p50: number; p99: number; worst: number };

export type OptOutSpeed = {
  /** From when an opt-out was made until it was in force; null if there were none. */
  inForce: Speed | null;
  /** From then until a dialer received it, counted per dialer. */
  heard: Speed | null;
  /** Deliveries that no dialer has received yet. */
  waiting: number;
};

type SpeedRow = { count: number; p50: number | null; p99: number; worst: number };

/** Measures how fast opt-outs of the last 24 hours took effect and reached dialers. */
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

/** Measures rows with an interval `took`. */
async function measureSpeed(
  db: TransactionContext["db"],
  rows: RawBuilder<unknown>,
): Promise<Speed | null> {
  const found = await sql<SpeedRow>`
    SELECT count(*)::int AS count,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
      percentile_disc(0.99) WITHIN GROUP (ORDER BY ms) AS p99, max(ms) AS worst
    FROM (
      SELECT (extract(epoch FROM took) * 1000)::float8 AS ms FROM (${rows}) AS told
    ) AS timed`.execute(db.$kysely);
  return found.rows.flatMap(({ p50, ...row }) => (p50 === null ? [] : { ...row, p50 }))[0] ?? null;
}

/** Judged calls of 30 days: all, those without a screening, and those after an opt-out. */
export type MonthCalls = { calls: number; bypassed: number; afterRefusal: number };

/** Null for members who work for some sellers only, because the numbers cover all sellers. */
async function countMonthCalls(
  { db, organizationId, actor }: TransactionContext,
  at: { gte: Date; lt?: Date },
): Promise<MonthCalls | null> {
  if (visibleSellerIds(actor) !== null) return null;
  const { _sum: sum } = await db.callDay.aggregate({
    where: { organizationId, day: at },
    _sum: { calls: true, bypassed: true },
  });
  const afterRefusal = await db.violation.count({
    where: { organizationId, rank: 0, codes: { has: "opted-out" }, at },
  });
  return { calls: sum.calls ?? 0, bypassed: sum.bypassed ?? 0, afterRefusal };
}
