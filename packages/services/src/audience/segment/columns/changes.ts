import { type TransactionContext, selectRows } from "../../../platform/internal.ts";
import type { LoadedColumns } from "./load-columns.ts";
import { type RawBuilder, sql } from "kysely";
import type { ActivityProperties } from "@ringfence/core/people/activity";
import { z } from "zod";

/** If more people changed, SQL answers for everyone. */
export const MAX_CHANGED = 5_000;

/**
 * People who changed after loading. Equal counts mean equal changes, because changes are deleted only after two
 * days (`queueDueRefreshes`), and columns are never that old.
 */
const ChangedPeople = z.object({
  changes: z.int(),
  /** At most one more than `MAX_CHANGED`. */
  ordinals: z.array(z.int()),
});
export type ChangedPeople = z.infer<typeof ChangedPeople>;

/** Loads who changed after the columns were loaded, and by how many changes, as of one statement. */
export async function loadChangedPeople(
  ctx: TransactionContext,
  loaded: LoadedColumns,
): Promise<ChangedPeople> {
  const [changed] = await selectRows(
    ctx,
    ChangedPeople,
    sql`
    WITH since AS MATERIALIZED (${selectChanges(ctx, loaded)})
    SELECT (SELECT count(*)::int FROM since) AS changes,
      ARRAY(
        SELECT unnest(ordinals) FROM since
        UNION
        SELECT contact_ordinal FROM since CROSS JOIN unnest(phones) AS changed (phone_id)
        JOIN contact_phone AS owner USING (phone_id)
        WHERE owner.organization_id = ${ctx.organizationId}::uuid AND contact_ordinal > 0
        LIMIT ${MAX_CHANGED + 1}
      ) AS ordinals`,
  );
  return changed ?? { changes: 0, ordinals: [] };
}

/** Counts changes, inside the statement that uses them. */
export const countChanges = (ctx: TransactionContext, loaded: LoadedColumns) =>
  sql`(SELECT count(*)::int FROM (${selectChanges(ctx, loaded)}) AS since)`;

/** Selects changes that the loaded columns have not seen. The query ends in a condition, so ` AND …` can follow. */
const selectChanges = (
  { organizationId }: TransactionContext,
  { snapshot }: LoadedColumns,
): RawBuilder<unknown> => sql`SELECT ordinals, phones FROM person_change
  WHERE organization_id = ${organizationId}::uuid
    AND xact >= pg_snapshot_xmin(${snapshot}::pg_snapshot)::text::bigint
    AND NOT pg_visible_in_snapshot(xact::text::xid8, ${snapshot}::pg_snapshot)`;

/**
 * An activity: person, type, time (epoch milliseconds), amount, category and properties. Each property was checked
 * when the activity was recorded.
 */
const ActivityRow = z.tuple([
  z.int(),
  z.string(),
  z.number(),
  z.number().nullable(),
  z.string().nullable(),
  z.custom<ActivityProperties>((value) => typeof value === "object" && value !== null),
]);
export type ActivityRow = z.infer<typeof ActivityRow>;

/** Facts that bring the loaded columns of some people up to date, read in one statement. */
const NewFacts = z.object({
  /** People with changes other than activities. */
  changed: z.array(z.int()),
  /** Activities recorded after everything that the columns hold. */
  added: z.array(ActivityRow),
  /** Total number of activities of the given types, by person. */
  counts: z.array(z.tuple([z.int(), z.int()])),
  /** All current preferences: person, topic and value. */
  preferences: z.array(z.tuple([z.int(), z.string(), z.string()])),
});
export type NewFacts = z.infer<typeof NewFacts>;

/** Loads facts about some people, and the number of their activities of these types, as of one statement. */
export async function loadNewFacts(
  ctx: TransactionContext,
  loaded: LoadedColumns,
  { ordinals, types }: { ordinals: readonly number[]; types: readonly string[] },
): Promise<NewFacts> {
  const ours = sql`organization_id = ${ctx.organizationId}::uuid`;
  const isAmong = (ordinal: string) => sql`${sql.ref(ordinal)} = ANY (${[...ordinals]}::int[])`;
  const [found] = await selectRows(
    ctx,
    NewFacts,
    sql`
    WITH since AS MATERIALIZED (${selectChanges(ctx, loaded)} AND NOT only_deeds)
    SELECT
      to_json(ARRAY(
        SELECT o FROM (SELECT unnest(ordinals) AS o FROM since) AS named WHERE ${isAmong("o")}
        UNION
        SELECT contact_ordinal FROM since CROSS JOIN unnest(phones) AS changed (phone_id)
        JOIN contact_phone AS owner USING (phone_id)
        WHERE owner.${ours} AND ${isAmong("contact_ordinal")}
      )) AS changed,
      (SELECT coalesce(json_agg(json_build_array(contact_ordinal, type,
          (extract(epoch FROM at) * 1000)::bigint, amount, category, properties)), '[]')
        FROM activity WHERE ${ours} AND recorded_at > ${loaded.recordedUntil}::timestamptz
          AND ${isAmong("contact_ordinal")}) AS added,
      (SELECT coalesce(json_agg(json_build_array(o, count)), '[]') FROM (
        SELECT contact_ordinal AS o, sum(count) AS count FROM activity_rollup
        WHERE ${ours} AND type = ANY (${[...types]}::text[]) AND ${isAmong("contact_ordinal")}
        GROUP BY contact_ordinal) AS counted) AS counts,
      (SELECT coalesce(json_agg(json_build_array(contact_ordinal, topic, value)), '[]')
        FROM preference_rollup WHERE ${ours} AND value IS NOT NULL
          AND ${isAmong("contact_ordinal")}) AS preferences`,
  );
  if (found === undefined) throw new Error("no answer");
  return found;
}
