import { type RawBuilder, sql } from "kysely";
import type { TransactionContext } from "../../platform/context.ts";

/** How long something took, in milliseconds; of how many. */
export type Speed = { count: number; p50: number; p99: number; worst: number };

export type RefusalSpeed = {
  /** From the moment in which refusals were said until they were in force; null where there were none. */
  inForce: Speed | null;
  /** From then until a dialer had heard, each dialer for itself. */
  heard: Speed | null;
  /** How many tellings of the day no dialer has heard yet. */
  waiting: number;
};

type Row = { count: number; p50: number | null; p99: number; worst: number };

/** How fast the refusals of the last 24 hours were. */
export async function refusalSpeed({
  db,
  organizationId,
  now,
}: TransactionContext): Promise<RefusalSpeed> {
  const inForce = await speedOf(
    db,
    sql`SELECT recorded_at - at AS took FROM opt_out
      WHERE organization_id = ${organizationId}::uuid AND channel <> 'import'
        AND recorded_at > ${now}::timestamptz - interval '24 hours'`,
  );
  const heard = await speedOf(
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
async function speedOf(
  db: TransactionContext["db"],
  rows: RawBuilder<unknown>,
): Promise<Speed | null> {
  const found = await sql<Row>`
    SELECT count(*)::int AS count,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
      percentile_disc(0.99) WITHIN GROUP (ORDER BY ms) AS p99, max(ms) AS worst
    FROM (
      SELECT (extract(epoch FROM took) * 1000)::float8 AS ms FROM (${rows}) AS told
    ) AS timed`.execute(db.$kysely);
  return found.rows.flatMap(({ p50, ...row }) => (p50 === null ? [] : { ...row, p50 }))[0] ?? null;
}
