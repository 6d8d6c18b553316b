import { type Activity, activityKey } from "@ringfence/core/activity";
import type { TransactionContext } from "../context.ts";

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
  { db, organizationId, now }: TransactionContext,
  all: readonly NewActivity[],
): Promise<boolean[]> => {
  const rows = all.map(({ externalId, ordinal, activity }) => ({
    key: activityKey(externalId, ordinal, activity),
    ordinal,
    ...activity,
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
      RETURNING type, key, contact_ordinal, at, amount
    ), rolled AS (
      INSERT INTO activity_rollup AS rollup (organization_id, type, contact_ordinal, count, amount,
        first_at, last_at)
      SELECT ${organizationId}::uuid, type, contact_ordinal, count(*), coalesce(sum(amount), 0), min(at),
        max(at)
      FROM inserted GROUP BY type, contact_ordinal ORDER BY type, contact_ordinal
      ON CONFLICT (organization_id, type, contact_ordinal) DO UPDATE SET
        count = rollup.count + excluded.count, amount = rollup.amount + excluded.amount,
        first_at = least(rollup.first_at, excluded.first_at),
        last_at = greatest(rollup.last_at, excluded.last_at)
    )
    SELECT type, key FROM inserted`;

  const isNew = new Set(inserted.map(nameOf));
  // Of two alike in one batch the first is new.
  return rows.map((row) => isNew.delete(nameOf(row)));
};

const nameOf = ({ type, key }: { type: string; key: string }) => `${type} ${key}`;

const compare = (a: string, b: string) => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};
