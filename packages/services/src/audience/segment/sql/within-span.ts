import { type Span, instantsIn } from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import type { Scope } from "./scope.ts";

/** Rows that have a time and a person: what is selected, from where, and how both are called there. */
export type TimedRows = {
  select: RawBuilder<unknown>;
  /** A FROM clause with its WHERE, to which conditions are added. */
  from: RawBuilder<unknown>;
  ordinal: RawBuilder<unknown>;
  at: RawBuilder<unknown>;
};

type Edge = Date | null;
type ZoneSpan = { zone: string; from: Edge; until: Edge };

/**
 * The rows within a span of each person's own days. Days begin at other instants in other zones: what is
 * within the span everywhere is found by time alone, and only for what lies about its ends it is asked
 * where the person lives.
 */
export function withinSpan(
  scope: Scope,
  rows: TimedRows,
  span: Span | undefined,
): RawBuilder<unknown> {
  if (span === undefined) return sql`SELECT ${rows.select} FROM ${rows.from}`;
  const zones = [...new Set([scope.home, ...scope.zones])].map((zone): ZoneSpan => ({
    zone,
    ...instantsIn(span, zone, scope.now),
  }));
  const from = edgesOf(zones.map((zone) => zone.from));
  const until = edgesOf(zones.map((zone) => zone.until));
  const sure = { from: from.last, until: until.first };
  const isSure = sure.from === null || sure.until === null || sure.from < sure.until;
  if (!isSure) return fringe(scope, rows, zones, { from: from.first, until: until.last });

  const parts = [sql`SELECT ${rows.select} FROM ${rows.from} ${between(rows.at, sure)}`];
  if (differ(from)) {
    parts.push(fringe(scope, rows, zones, { from: from.first, until: from.last }));
  }
  if (differ(until)) {
    parts.push(fringe(scope, rows, zones, { from: until.first, until: until.last }));
  }
  return sql.join(parts, sql` UNION ALL `);
}

const differ = ({ first, last }: { first: Edge; last: Edge }) =>
  first !== null && last !== null && first < last;

/** The first and the last of some instants; those of one span are all null, or none is. */
function edgesOf(edges: readonly Edge[]): { first: Edge; last: Edge } {
  const times = edges.flatMap((edge) => edge?.getTime() ?? []);
  if (times.length === 0) return { first: null, last: null };
  return { first: new Date(Math.min(...times)), last: new Date(Math.max(...times)) };
}

function between(at: RawBuilder<unknown>, { from, until }: { from: Edge; until: Edge }) {
  const after = from && sql`AND ${at} >= ${from}::timestamptz`;
  const before = until && sql`AND ${at} < ${until}::timestamptz`;
  return sql`${after ?? sql``} ${before ?? sql``}`;
}

/** Rows about the ends of a span, by where their people live. */
function fringe(
  { organizationId, home }: Scope,
  { select, from, ordinal, at }: TimedRows,
  zones: readonly ZoneSpan[],
  within: { from: Edge; until: Edge },
) {
  const named = zones.map(({ zone }) => zone);
  const froms = zones.map((zone) => zone.from);
  const untils = zones.map((zone) => zone.until);
  return sql`SELECT ${select} FROM ${from} ${between(at, within)} AND EXISTS (
    SELECT FROM contact
    JOIN unnest(${named}::text[], ${froms}::timestamptz[], ${untils}::timestamptz[])
      AS day (zone, "from", until)
      ON day.zone = CASE WHEN contact.zone = ANY (${named}::text[]) THEN contact.zone ELSE ${home} END
    WHERE contact.organization_id = ${organizationId}::uuid AND contact.ordinal = ${ordinal}
      AND (day."from" IS NULL OR ${at} >= day."from") AND (day.until IS NULL OR ${at} < day.until))`;
}
