import type { TransactionContext } from "../../context.ts";
import type { LoadedColumns } from "./load-columns.ts";
import { type RawBuilder, sql } from "kysely";

/** Of whom something changed that columns have not seen. Nothing is ever taken away: equal counts are equal changes. */
export type ChangedSince = { changes: number; ordinals: number[] };

export async function changedSince(
  ctx: TransactionContext,
  loaded: LoadedColumns,
): Promise<ChangedSince> {
  const { rows } = await sql<ChangedSince>`
    WITH since AS MATERIALIZED (${changes(ctx, loaded)})
    SELECT (SELECT count(*)::int FROM since) AS changes,
      ARRAY(SELECT DISTINCT unnest(ordinals) FROM since) AS ordinals`.execute(ctx.db.$kysely);
  return rows[0] ?? { changes: 0, ordinals: [] };
}

/** How many changes there are, to be asked in the statement that tells what they came to. */
export const changeCount = (ctx: TransactionContext, loaded: LoadedColumns) =>
  sql`(SELECT count(*)::int FROM (${changes(ctx, loaded)}) AS since)`;

const changes = (
  { organizationId }: TransactionContext,
  { snapshot }: LoadedColumns,
): RawBuilder<unknown> => sql`SELECT ordinals FROM person_change
  WHERE organization_id = ${organizationId}::uuid
    AND xact >= pg_snapshot_xmin(${snapshot}::pg_snapshot)::text::bigint
    AND NOT pg_visible_in_snapshot(xact::text::xid8, ${snapshot}::pg_snapshot)`;
