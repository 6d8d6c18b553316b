import { query } from "../../platform/verb.ts";
import { z } from "zod";
import { may } from "@ringfence/core/platform/access";
import { countDay } from "../../account/organization/count-day.ts";
import { listRegistries } from "../../do-not-call/registry/list.ts";
import { listNeeds } from "./list-needs.ts";
import type { Reason } from "@ringfence/core/calling/screening";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { type RawBuilder, sql } from "kysely";
import { DAY_MS } from "@ringfence/core/platform/time";

/**
 * The first page of the day: what waits for a person, what was screened and why it was refused, how
 * fast refusals were, which calls passed the gate by, and how old registries are (null for who may not
 * read them). `zone` (IANA name) says when a day began.
 */
export const readToday = query({
  name: "readToday",
  action: "organization.read",
  input: z.custom<{ zone: string }>(),
  run: async (ctx, { zone }) => ({
    needs: await listNeeds(ctx),
    day: await countDay(ctx, { zone }),
    refusals: await countRefusalReasons(ctx),
    speed: await measureOptOutSpeed(ctx),
    month: await countMonthCalls(ctx),
    registries: may(ctx.actor, "registry.read") ? await listRegistries(ctx) : null,
  }),
  audit: "by run",
});

export type Today = Awaited<ReturnType<typeof readToday>>;

/** Why screenings of the last 24 hours refused, for sellers for whom the actor works. One may have several reasons. */
export type DayRefusals = {
  /** How many had a reason, the most frequent first. */
  reasons: readonly { reason: Reason; count: number }[];
  /** How many were refused because a registry was not checked, by its code. */
  unchecked: Readonly<Record<string, number>>;
};

type RefusalRow = { reason: Reason; registry: string | null; isOfAll: boolean; count: number };

async function countRefusalReasons({
  db,
  organizationId,
  actor,
  now,
}: TransactionContext): Promise<DayRefusals> {
  const sellers = sellersSeenBy(actor);
  const rows = await db.$queryRaw<RefusalRow[]>`
    SELECT refusal ->> 'reason' AS reason, refusal ->> 'registry' AS registry,
      grouping(refusal ->> 'registry') = 1 AS "isOfAll", count(DISTINCT id)::int AS count
    FROM screening CROSS JOIN jsonb_array_elements(refusals) AS refusal
    WHERE organization_id = ${organizationId}::uuid AND verdict = 'refuse'
      AND at > ${now}::timestamptz - interval '24 hours'
      AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))
    GROUP BY GROUPING SETS ((refusal ->> 'reason'), (refusal ->> 'reason', refusal ->> 'registry'))
    ORDER BY count DESC, reason`;
  const unchecked = rows.flatMap(({ reason, registry, isOfAll, count }) =>
    reason === "registry-unchecked" && !isOfAll && registry !== null ? [[registry, count]] : [],
  );
  return {
    reasons: rows.flatMap(({ reason, isOfAll, count }) => (isOfAll ? { reason, count } : [])),
    unchecked: Object.fromEntries(unchecked),
  };
}

/** How long something took, in milliseconds; of how many. */
export type Speed = { count: number; p50: number; p99: number; worst: number };

export type OptOutSpeed = {
  /** From the moment in which refusals were said until they were in force; null where there were none. */
  inForce: Speed | null;
  /** From then until a dialer had heard, each dialer for itself. */
  heard: Speed | null;
  /** How many tellings of the day no dialer has heard yet. */
  waiting: number;
};

type SpeedRow = { count: number; p50: number | null; p99: number; worst: number };

/** How fast the refusals of the last 24 hours were. */
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

/** Of rows with `took`, an interval. */
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

const MONTH_DAYS = 30;

/** Of the calls of 30 days that were judged: how many passed the gate by, and how many came after a refusal. */
export type MonthCalls = { calls: number; bypassed: number; afterRefusal: number };

/** Null for who works for some sellers: they are counted of all. */
async function countMonthCalls({
  db,
  organizationId,
  actor,
  now,
}: TransactionContext): Promise<MonthCalls | null> {
  if (sellersSeenBy(actor) !== null) return null;
  const since = new Date(now.getTime() - MONTH_DAYS * DAY_MS);
  const { _sum: sum } = await db.callDay.aggregate({
    where: { organizationId, day: { gte: since } },
    _sum: { calls: true, bypassed: true },
  });
  const afterRefusal = await db.violation.count({
    where: { organizationId, rank: 0, codes: { has: "opted-out" }, at: { gte: since } },
  });
  return { calls: sum.calls ?? 0, bypassed: sum.bypassed ?? 0, afterRefusal };
}
