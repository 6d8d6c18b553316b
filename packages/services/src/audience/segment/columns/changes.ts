import type { TransactionContext } from "../../../platform/context.ts";
import type { LoadedColumns } from "./load-columns.ts";
import { type RawBuilder, sql } from "kysely";
import type { ActivityProperties } from "@ringfence/core/people/activity";

/** Of more people nobody is told one by one: then the database is asked about everybody. */
export const MOST_CHANGED = 5_000;

/** Of whom something changed that columns have not seen. Nothing is ever taken away: equal counts are equal changes. */
export type ChangedSince = {
  changes: number;
  /** One more than `MOST_CHANGED` where there are more. */
  ordinals: number[];
};

export async function changedSince(
  ctx: TransactionContext,
  loaded: LoadedColumns,
): Promise<ChangedSince> {
  const { rows } = await sql<ChangedSince>`
    WITH since AS MATERIALIZED (${changesSince(ctx, loaded)})
    SELECT (SELECT count(*)::int FROM since) AS changes,
      ARRAY(
        SELECT unnest(ordinals) FROM since
        UNION
        SELECT contact_ordinal FROM since CROSS JOIN unnest(phones) AS changed (phone_id)
        JOIN contact_phone AS owner USING (phone_id)
        WHERE owner.organization_id = ${ctx.organizationId}::uuid AND contact_ordinal > 0
        LIMIT ${MOST_CHANGED + 1}
      ) AS ordinals`.execute(ctx.db.$kysely);
  return rows[0] ?? { changes: 0, ordinals: [] };
}

/** How many changes there are, to be asked in the statement that tells what they came to. */
export const changeCount = (ctx: TransactionContext, loaded: LoadedColumns) =>
  sql`(SELECT count(*)::int FROM (${changesSince(ctx, loaded)}) AS since)`;

/** What columns have not seen; a condition can be added. */
const changesSince = (
  { organizationId }: TransactionContext,
  { snapshot }: LoadedColumns,
): RawBuilder<unknown> => sql`SELECT ordinals, phones FROM person_change
  WHERE organization_id = ${organizationId}::uuid
    AND xact >= pg_snapshot_xmin(${snapshot}::pg_snapshot)::text::bigint
    AND NOT pg_visible_in_snapshot(xact::text::xid8, ${snapshot}::pg_snapshot)`;

/** An activity: whose, of which type, when (epoch milliseconds), for how much, and what else it says. */
export type DeedRow = [
  ordinal: number,
  type: string,
  at: number,
  amount: number | null,
  category: string | null,
  properties: ActivityProperties,
];

/** Of some people, what came since columns were read, as of one statement. */
export type DeedsSince = {
  /** Those of whom anything but activities came. */
  changed: number[];
  /** What was recorded later than all that columns hold. */
  added: DeedRow[];
  /** How many activities of some types they have by now, together. */
  counts: [ordinal: number, count: number][];
  preferences: [ordinal: number, topic: string, value: string][];
};

export async function deedsSince(
  ctx: TransactionContext,
  loaded: LoadedColumns,
  { ordinals, types }: { ordinals: readonly number[]; types: readonly string[] },
): Promise<DeedsSince> {
  const ours = sql`organization_id = ${ctx.organizationId}::uuid`;
  const isAsked = (ordinal: string) => sql`${sql.ref(ordinal)} = ANY (${[...ordinals]}::int[])`;
  const { rows } = await sql<DeedsSince>`
    WITH since AS MATERIALIZED (${changesSince(ctx, loaded)} AND NOT only_deeds)
    SELECT
      to_json(ARRAY(
        SELECT o FROM (SELECT unnest(ordinals) AS o FROM since) AS named WHERE ${isAsked("o")}
        UNION
        SELECT contact_ordinal FROM since CROSS JOIN unnest(phones) AS changed (phone_id)
        JOIN contact_phone AS owner USING (phone_id)
        WHERE owner.${ours} AND ${isAsked("contact_ordinal")}
      )) AS changed,
      (SELECT coalesce(json_agg(json_build_array(contact_ordinal, type,
          (extract(epoch FROM at) * 1000)::bigint, amount, category, properties)), '[]')
        FROM activity WHERE ${ours} AND recorded_at > ${loaded.recordedUntil}::timestamptz
          AND ${isAsked("contact_ordinal")}) AS added,
      (SELECT coalesce(json_agg(json_build_array(o, count)), '[]') FROM (
        SELECT contact_ordinal AS o, sum(count) AS count FROM activity_rollup
        WHERE ${ours} AND type = ANY (${[...types]}::text[]) AND ${isAsked("contact_ordinal")}
        GROUP BY contact_ordinal) AS counted) AS counts,
      (SELECT coalesce(json_agg(json_build_array(contact_ordinal, topic, value)), '[]')
        FROM preference_rollup WHERE ${ours} AND value IS NOT NULL
          AND ${isAsked("contact_ordinal")}) AS preferences`.execute(ctx.db.$kysely);
  const [found] = rows;
  if (found === undefined) throw new Error("no answer");
  return found;
}
