import type { TransactionContext } from "../../../platform/context.ts";
import type { LoadedColumns } from "./load-columns.ts";
import { type RawBuilder, sql } from "kysely";

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
export const changesSince = (
  { organizationId }: TransactionContext,
  { snapshot }: LoadedColumns,
): RawBuilder<unknown> => sql`SELECT ordinals, phones FROM person_change
  WHERE organization_id = ${organizationId}::uuid
    AND xact >= pg_snapshot_xmin(${snapshot}::pg_snapshot)::text::bigint
    AND NOT pg_visible_in_snapshot(xact::text::xid8, ${snapshot}::pg_snapshot)`;
