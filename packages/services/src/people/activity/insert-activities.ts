import { type Activity, createActivityKey } from "@ringfence/core/people/activity";
import type { TransactionContext } from "../../platform/context.ts";
import { touchPeople } from "./touch-people.ts";

/** An activity of somebody on record. */
export type NewActivity = {
  externalId: string | undefined;
  ordinal: number;
  activity: Activity;
};

/**
 * Writes activities that are not on record yet, and what they add to the rollups of their people, in
 * one statement; tells of each whether it was new. In whatever order they come, the rollups are the same.
 */
export const insertActivities = async (
  ctx: TransactionContext,
  all: readonly NewActivity[],
): Promise<boolean[]> => {
  const { db, organizationId, now } = ctx;
  const rows = all.map(({ externalId, ordinal, activity }) => ({
    ...activity,
    key: createActivityKey(externalId, ordinal, activity),
    ordinal,
  }));
  // In one order, so that of two batches at once neither waits for the other in a circle.
  const sorted = rows.toSorted((a, b) => compare(a.type, b.type) || compare(a.key, b.key));
  const inserted = await db.$queryRaw<{ type: string; key: string }[]>`
    WITH inserted AS (
      INSERT INTO activity (organization_id, type, key, contact_ordinal, at, amount, category,
        properties, recorded_at)
      SELECT ${organizationId}::uuid, type, key, ordinal, at, amount, category, properties::jsonb, ${now}
      FROM unnest(${sorted.map(({ type }) => type)}::text[], ${sorted.map(({ key }) => key)}::text[],
          ${sorted.map(({ ordinal }) => ordinal)}::int[], ${sorted.map(({ at }) => at)}::timestamptz[],
          ${sorted.map(({ amount }) => amount)}::float8[],
          ${sorted.map(({ category }) => category)}::text[],
          ${sorted.map(({ properties }) => JSON.stringify(properties))}::text[])
        AS row (type, key, ordinal, at, amount, category, properties)
      ON CONFLICT DO NOTHING
      RETURNING type, key, contact_ordinal, at, amount, properties
    ), rolled AS (
      INSERT INTO activity_rollup AS rollup (organization_id, type, contact_ordinal, count, amount,
        priced, first_at, last_at)
      SELECT ${organizationId}::uuid, type, contact_ordinal, count(*), coalesce(sum(amount), 0),
        count(amount), min(at), max(at)
      FROM inserted GROUP BY type, contact_ordinal ORDER BY type, contact_ordinal
      ON CONFLICT (organization_id, type, contact_ordinal) DO UPDATE SET
        count = rollup.count + excluded.count, amount = rollup.amount + excluded.amount,
        priced = rollup.priced + excluded.priced,
        first_at = least(rollup.first_at, excluded.first_at),
        last_at = greatest(rollup.last_at, excluded.last_at)
    ), preferred AS (
      INSERT INTO preference_rollup AS known (organization_id, contact_ordinal, topic, value, at, key)
      SELECT DISTINCT ON (contact_ordinal, topic) ${organizationId}::uuid, contact_ordinal,
        left(properties ->> 'topic', 200) AS topic, left(properties ->> 'value', 200), at, key
      FROM inserted WHERE type = 'preference' AND properties ? 'topic'
      ORDER BY contact_ordinal, topic, at DESC, key COLLATE "C" DESC
      ON CONFLICT (organization_id, contact_ordinal, topic) DO UPDATE SET
        value = excluded.value, at = excluded.at, key = excluded.key
      WHERE (excluded.at, excluded.key COLLATE "C") > (known.at, known.key COLLATE "C")
    )
    SELECT type, key FROM inserted`;

  const isNew = new Set(inserted.map(toKey));
  await touchPeople(
    ctx,
    rows.flatMap((row) => (isNew.has(toKey(row)) ? [row.ordinal] : [])),
  );
  // Of two alike in one batch the first is new.
  return rows.map((row) => isNew.delete(toKey(row)));
};

const toKey = ({ type, key }: { type: string; key: string }) => `${type} ${key}`;

const compare = (a: string, b: string) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
