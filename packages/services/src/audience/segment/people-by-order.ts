import type { LeafOf } from "@ringfence/core/audience/segment";
import { sql } from "kysely";
import { deedRows } from "./deed-rows.ts";
import { rollupsWithin } from "./people-by-activity.ts";
import { nobody, type People, those } from "./people.ts";
import { amongAsked, type Scope } from "./scope.ts";
import { withinSpan } from "./within-span.ts";

/** Who did something for the first or the last time within a span. */
export function peopleByOccasion(scope: Scope, { did, which, when }: LeafOf<"occasion">): People {
  if ((did.where ?? []).length === 0) return rollupsWithin(scope, did.type, which, when);
  const end = which === "first" ? sql`min(at)` : sql`max(at)`;
  const rows = {
    select: sql`occasion.o`,
    from: sql`(SELECT o, ${end} AS at FROM (${deedRows(scope, did, undefined)}) AS deed GROUP BY o)
      AS occasion WHERE true`,
    ordinal: sql`occasion.o`,
    at: sql`occasion.at`,
  };
  return those(withinSpan(scope, rows, when));
}

/** Who did one thing and then another, or not. What is not over cannot have been left undone. */
export function peopleBySequence(scope: Scope, rule: LeafOf<"sequence">): People {
  const length = sql`make_interval(hours => ${rule.withinDays * 24}::int)`;
  const followed = sql`EXISTS (
    SELECT FROM (${deedRows(scope, rule.next, undefined)}) AS next
    WHERE next.o = earlier.o AND next.at > earlier.at AND next.at <= earlier.at + ${length})`;
  const isSo = rule.happened
    ? followed
    : sql`earlier.at + ${length} <= ${scope.now}::timestamptz AND NOT ${followed}`;
  const first = deedRows(scope, rule.first, rule.during);
  return those(sql`SELECT o FROM (${first}) AS earlier WHERE ${isSo}`, false);
}

const worth = { recency: "last_at", frequency: "count", money: "amount" } as const;

/**
 * Who is among the first of all who ever did something: at or beyond the worth of the one who stands at
 * the last place that is in, which the index finds by counting.
 */
export function peopleByRanking(scope: Scope, rule: LeafOf<"ranking">): People {
  const { organizationId } = scope;
  const column = sql.ref(worth[rule.by]);
  const isTop = rule.end === "top";
  const all = sql`FROM activity_rollup
    WHERE organization_id = ${organizationId}::uuid AND type = ${rule.type} AND contact_ordinal > 0`;
  const asked = sql`SELECT contact_ordinal AS o ${all}
    ${amongAsked(scope, sql`contact_ordinal`)} AND ${column} ${isTop ? sql`>=` : sql`<=`}`;
  const cutoff = scope.cutoffs?.get(rule);
  if (cutoff === null) return nobody;
  if (cutoff !== undefined) return those(sql`${asked} ${worthSql(rule.by, cutoff)}`);
  return those(sql`${asked} (
    SELECT ${column} ${all} ORDER BY ${column} ${isTop ? sql`DESC` : sql`ASC`}
    OFFSET greatest((SELECT (count(*) * ${rule.percent}::int + 99) / 100 - 1 ${all}), 0) LIMIT 1)`);
}

const worthSql = (by: LeafOf<"ranking">["by"], worth: number) =>
  by === "recency" ? sql`${new Date(worth)}::timestamptz` : sql`${worth}::float8`;
