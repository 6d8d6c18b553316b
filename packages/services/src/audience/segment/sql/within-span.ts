import { toTable } from "../../../platform/internal.ts";
import { type Span, toInstants } from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import type { RuleScope } from "./scope.ts";

/** SQL for rows with a time and a person. */
export type TimedRows = {
  select: RawBuilder<unknown>;
  /** What follows FROM, with its WHERE, to which conditions are appended. */
  from: RawBuilder<unknown>;
  ordinal: RawBuilder<unknown>;
  at: RawBuilder<unknown>;
};

type Edge = Date | null;
type ZoneSpan = { zone: string; from: Edge; until: Edge };

/**
 * Restricts rows to a span of each person's own days. Days start at different times in different zones:
 * rows that are inside for every zone are found by time alone, and only rows near the edges look up the
 * person's zone.
 */
export function withinSpan(
  scope: RuleScope,
  rows: TimedRows,
  span: Span | undefined,
): RawBuilder<unknown> {
  if (span === undefined) return sql`SELECT ${rows.select} FROM ${rows.from}`;
  const zones = [...new Set([scope.home, ...scope.zones])].map((zone): ZoneSpan => ({
    zone,
    ...toInstants(span, zone, scope.now),
  }));
  const from = findEdges(zones.map((zone) => zone.from));
  const until = findEdges(zones.map((zone) => zone.until));
  const sure = { from: from.last, until: until.first };
  const isSure = sure.from === null || sure.until === null || sure.from < sure.until;
  if (!isSure) return selectNearEdges(scope, rows, zones, { from: from.first, until: until.last });

  const parts = [sql`SELECT ${rows.select} FROM ${rows.from} ${between(rows.at, sure)}`];
  if (isApart(from)) {
    parts.push(selectNearEdges(scope, rows, zones, { from: from.first, until: from.last }));
  }
  if (isApart(until)) {
    parts.push(selectNearEdges(scope, rows, zones, { from: until.first, until: until.last }));
  }
  return sql.join(parts, sql` UNION ALL `);
}

const isApart = ({ first, last }: { first: Edge; last: Edge }) =>
  first !== null && last !== null && first < last;

/** Finds the earliest and latest edge. Edges of the same side of a span are all null or all set. */
function findEdges(edges: readonly Edge[]): { first: Edge; last: Edge } {
  const times = edges.flatMap((edge) => edge?.getTime() ?? []);
  if (times.length === 0) return { first: null, last: null };
  return { first: new Date(Math.min(...times)), last: new Date(Math.max(...times)) };
}

function between(at: RawBuilder<unknown>, { from, until }: { from: Edge; until: Edge }) {
  const after = from && sql`AND ${at} >= ${from}::timestamptz`;
  const before = until && sql`AND ${at} < ${until}::timestamptz`;
  return sql`${after ?? sql``} ${before ?? sql``}`;
}

/** Selects rows near the edges of a span, by the zones of their people. */
function selectNearEdges(
  { organizationId, home }: RuleScope,
  { select, from, ordinal, at }: TimedRows,
  zones: readonly ZoneSpan[],
  within: { from: Edge; until: Edge },
) {
  const named = zones.map(({ zone }) => zone);
  const days = toTable(zones, { zone: "text", from: "timestamptz", until: "timestamptz" });
  return sql`SELECT ${select} FROM ${from} ${between(at, within)} AND EXISTS (
    SELECT FROM contact
    JOIN ${days} AS day
      ON day.zone = CASE WHEN contact.zone = ANY (${named}::text[]) THEN contact.zone ELSE ${home} END
    WHERE contact.organization_id = ${organizationId}::uuid AND contact.ordinal = ${ordinal}
      AND (day."from" IS NULL OR ${at} >= day."from") AND (day.until IS NULL OR ${at} < day.until))`;
}
