import {
  type Comparison,
  type ActivityCondition,
  type ConditionOfKind,
  type PropertyFilter,
  type Span,
} from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import { type PeopleQuery, complement, noPeople, toPeople } from "./people.ts";
import { type RuleScope, requestedPeopleCondition } from "./scope.ts";
import { type TimedRows, withinSpan } from "./within-span.ts";
import { compileDayTest, compileTest } from "./attributes.ts";

/** Compiles a condition on the number or amount of activities. Amounts to compare with are in hundredths already. */
export function compileActivity(scope: RuleScope, rule: ConditionOfKind<"activity">): PeopleQuery {
  const { did, during, measure, compare } = rule;
  const isBare = (did.where ?? []).length === 0;
  if (measure === "average") return compileAverage(scope, rule, isBare && !during);

  return compileComparison(compare, (op, value) => {
    if (isBare && during === undefined) {
      const column = measure === "sum" ? sql`amount` : sql`count`;
      return toPeople(selectRollups(scope, did.type, sql`AND ${column} ${op} ${value}::float8`));
    }
    const isOnce = measure === "count" && op === atLeast && value === 1;
    if (isOnce && isBare && during) {
      const once = compileUnfilteredOccasion(scope, did.type, during);
      if (once) return once;
    }
    const rows = selectActivities(scope, did, during);
    if (isOnce) return toPeople(sql`SELECT o FROM (${rows}) AS activities`, false);
    const total = measure === "sum" ? sql`coalesce(sum(amount), 0)` : sql`count(*)`;
    return toPeople(
      sql`SELECT o FROM (${rows}) AS activities GROUP BY o HAVING ${total} ${op} ${value}::float8`,
    );
  });
}

const atLeast = sql`>=`;
const moreThan = sql`>`;
const equal = sql`=`;

/**
 * Compiles a comparison with a total that is never negative, and 0 for people without activities: "at most"
 * becomes everyone except those with more. `compile` is called with `>=`, `>` or `=`.
 */
export function compileComparison(
  { op, value }: Comparison,
  compile: (op: RawBuilder<unknown>, value: number) => PeopleQuery,
): PeopleQuery {
  switch (op) {
    case "at-least":
      return value <= 0 ? complement(noPeople) : compile(atLeast, value);
    case "at-most":
      return complement(compile(moreThan, value));
    case "exactly":
      return value === 0 ? complement(compile(moreThan, 0)) : compile(equal, value);
  }
}

/**
 * Selects people by their totals. `contact_ordinal > 0` is always true, here and in the other queries: it shows the
 * planner that the covering index can be used. An erasure deletes the totals of a person.
 */
const selectRollups = (scope: RuleScope, type: string, condition: RawBuilder<unknown>) =>
  sql`SELECT contact_ordinal AS o FROM activity_rollup
    WHERE organization_id = ${scope.organizationId}::uuid AND type = ${type} AND contact_ordinal > 0
      ${requestedPeopleCondition(scope, sql`contact_ordinal`)} ${condition}`;

function compileAverage(
  scope: RuleScope,
  { did, during, compare }: ConditionOfKind<"activity">,
  isBare: boolean,
): PeopleQuery {
  const { value } = compare;
  const op = { "at-least": sql`>=`, "at-most": sql`<=`, exactly: sql`=` }[compare.op];
  if (isBare) {
    const condition = sql`AND priced > 0 AND amount ${op} ${value}::float8 * priced`;
    return toPeople(selectRollups(scope, did.type, condition));
  }
  return toPeople(sql`SELECT o FROM (${selectActivities(scope, did, during)}) AS activities GROUP BY o
    HAVING count(amount) > 0 AND sum(amount) ${op} ${value}::float8 * count(amount)`);
}

/**
 * Compiles "at least one in a span" from the totals, if the span ends today or is open at the start: then the last or
 * first activity decides. Null for other spans.
 */
function compileUnfilteredOccasion(scope: RuleScope, type: string, span: Span): PeopleQuery | null {
  if (span.span === "last") return compileRollupOccasion(scope, type, "last", span);
  if (span.span === "before") return compileRollupOccasion(scope, type, "first", span);
  return null;
}

/** Compiles a condition on the first or last activity of a type, from the totals. */
function compileRollupOccasion(
  scope: RuleScope,
  type: string,
  which: "first" | "last",
  span: Span,
): PeopleQuery {
  const at = which === "first" ? sql`r.first_at` : sql`r.last_at`;
  const rows = {
    select: sql`r.contact_ordinal AS o`,
    from: sql`activity_rollup AS r WHERE r.organization_id = ${scope.organizationId}::uuid
      AND r.type = ${type} AND r.contact_ordinal > 0 ${requestedPeopleCondition(scope, sql`r.contact_ordinal`)}`,
    ordinal: sql`r.contact_ordinal`,
    at,
  };
  return toPeople(withinSpan(scope, rows, span));
}

/** Compiles a condition on the time of the first or last activity. */
export function compileOccasion(
  scope: RuleScope,
  { did, which, when }: ConditionOfKind<"occasion">,
): PeopleQuery {
  if ((did.where ?? []).length === 0) return compileRollupOccasion(scope, did.type, which, when);
  const end = which === "first" ? sql`min(at)` : sql`max(at)`;
  const rows = {
    select: sql`occasion.o`,
    from: sql`(SELECT o, ${end} AS at FROM (${selectActivities(scope, did, undefined)}) AS activities GROUP BY o)
      AS occasion WHERE true`,
    ordinal: sql`occasion.o`,
    at: sql`occasion.at`,
  };
  return toPeople(withinSpan(scope, rows, when));
}

/** Compiles a sequence of two activities. A period that is not over yet cannot count as "not". */
export function compileSequence(scope: RuleScope, rule: ConditionOfKind<"sequence">): PeopleQuery {
  const length = sql`make_interval(hours => ${rule.withinDays * 24}::int)`;
  const followed = sql`EXISTS (
    SELECT FROM (${selectActivities(scope, rule.next, undefined)}) AS next
    WHERE next.o = earlier.o AND next.at > earlier.at AND next.at <= earlier.at + ${length})`;
  const isSo = rule.happened
    ? followed
    : sql`earlier.at + ${length} <= ${scope.now}::timestamptz AND NOT ${followed}`;
  const first = selectActivities(scope, rule.first, rule.during);
  return toPeople(sql`SELECT o FROM (${first}) AS earlier WHERE ${isSo}`, false);
}

const rankColumn = { recency: "last_at", frequency: "count", money: "amount" } as const;

/**
 * Compiles a ranking: people at or beyond the value of the last person who is included, which the index
 * finds by counting.
 */
export function compileRanking(scope: RuleScope, rule: ConditionOfKind<"ranking">): PeopleQuery {
  const { organizationId } = scope;
  const column = sql.ref(rankColumn[rule.by]);
  const isTop = rule.end === "top";
  const all = sql`FROM activity_rollup
    WHERE organization_id = ${organizationId}::uuid AND type = ${rule.type} AND contact_ordinal > 0`;
  const ranked = sql`SELECT contact_ordinal AS o ${all}
    ${requestedPeopleCondition(scope, sql`contact_ordinal`)} AND ${column} ${isTop ? sql`>=` : sql`<=`}`;
  const cutoff = scope.cutoffs?.get(rule);
  if (cutoff === null) return noPeople;
  if (cutoff !== undefined) return toPeople(sql`${ranked} ${toRankValue(rule.by, cutoff)}`);
  return toPeople(sql`${ranked} (
    SELECT ${column} ${all} ORDER BY ${column} ${isTop ? sql`DESC` : sql`ASC`}
    OFFSET greatest((SELECT (count(*) * ${rule.percent}::int + 99) / 100 - 1 ${all}), 0) LIMIT 1)`);
}

const toRankValue = (by: ConditionOfKind<"ranking">["by"], cutoff: number) =>
  by === "recency" ? sql`${new Date(cutoff)}::timestamptz` : sql`${cutoff}::float8`;

/** Selects activities as rows of `o`, `at` and `amount`. */
const selectActivities = (
  scope: RuleScope,
  did: ActivityCondition,
  span: Span | undefined,
): RawBuilder<unknown> => withinSpan(scope, toTimedRows(scope, did), span);

function toTimedRows(scope: RuleScope, { type, where = [] }: ActivityCondition): TimedRows {
  const filters = where.map((filter) => sql`AND ${compileFilter(filter)}`);
  return {
    select: sql`a.contact_ordinal AS o, a.at, a.amount`,
    from: sql`activity AS a WHERE a.organization_id = ${scope.organizationId}::uuid AND a.type = ${type}
      AND a.contact_ordinal > 0 ${requestedPeopleCondition(scope, sql`a.contact_ordinal`)}
      AND NOT EXISTS (SELECT FROM contact WHERE contact.organization_id = ${scope.organizationId}::uuid
        AND contact.ordinal = a.contact_ordinal AND contact.erased_at IS NOT NULL) ${filters.length > 0 ? sql.join(filters, sql` `) : sql``}`,
    ordinal: sql`a.contact_ordinal`,
    at: sql`a.at`,
  };
}

const ITEM = "item.";

function compileFilter({ property, is }: PropertyFilter): RawBuilder<unknown> {
  if (property === "amount") {
    const number = sql`(a.amount / 100)`;
    return compileTest(
      is,
      { text: sql`NULL::text`, number, isThere: sql`a.amount IS NOT NULL` },
      byCalendar,
    );
  }
  if (property === "category") {
    const isThere = sql`a.category IS NOT NULL`;
    const test = compileTest(
      is,
      { text: sql`a.category`, number: sql`NULL::float8`, isThere },
      byCalendar,
    );
    // The explicit condition shows the planner that the index by category can be used.
    return is.test === "present" ? test : sql`(${isThere} AND ${test})`;
  }
  if (property.startsWith(ITEM)) return compileItemFilter(property.slice(ITEM.length), is);
  const value = sql`a.properties -> ${property}::text`;
  const text = sql`(a.properties ->> ${property}::text)`;
  const columns = {
    text: sql`(CASE WHEN jsonb_typeof(${value}) IN ('string', 'boolean') THEN ${text} END)`,
    number: sql`(CASE WHEN jsonb_typeof(${value}) = 'number' THEN ${text}::float8 END)`,
    isThere: sql`jsonb_exists(a.properties, ${property}::text)`,
  };
  return compileTest(is, columns, byCalendar);
}

const anyItem = (condition: RawBuilder<unknown>) => sql`EXISTS (
  SELECT FROM jsonb_array_elements(
    CASE WHEN jsonb_typeof(a.properties -> 'items') = 'array' THEN a.properties -> 'items' ELSE '[]' END
  ) AS item WHERE ${condition})`;

/** Compiles a filter on any item of a purchase: its name, SKU or category, which are texts. */
function compileItemFilter(name: string, is: PropertyFilter["is"]): RawBuilder<unknown> {
  const text = sql`(item ->> ${name}::text)`;
  const isKnown = anyItem(sql`jsonb_exists(item, ${name}::text)`);
  if (is.test === "present") return is.isPresent ? isKnown : sql`NOT ${isKnown}`;
  const columns = { text, number: sql`NULL::float8`, isThere: sql`true` };
  return anyItem(compileTest(is, columns, byCalendar));
}

/** Activity dates use calendar days only, so today's date does not matter. */
const byCalendar = (span: Span, text: RawBuilder<unknown>) => compileDayTest(text, span, 0);
