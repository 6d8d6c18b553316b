import {
  type Comparison,
  type Deed,
  type LeafOf,
  type PropertyFilter,
  type Span,
  hundredths,
} from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import { type People, allBut, nobody, those } from "./people.ts";
import { type Scope, amongAsked } from "./scope.ts";
import { type TimedRows, withinSpan } from "./within-span.ts";
import { daySql, testSql } from "./attributes.ts";

/** Who did something so often, or for so much. */
export function peopleByActivity(scope: Scope, rule: LeafOf<"activity">): People {
  const { did, during, measure, compare } = rule;
  const isBare = (did.where ?? []).length === 0;
  if (measure === "average") return byAverage(scope, rule, isBare && !during);

  const wanted = measure === "sum" ? { ...compare, value: hundredths(compare.value) } : compare;
  return byComparison(wanted, (op, value) => {
    if (isBare && during === undefined) {
      const column = measure === "sum" ? sql`amount` : sql`count`;
      return those(rollups(scope, did.type, sql`AND ${column} ${op} ${value}::float8`));
    }
    const isOnce = measure === "count" && op === atLeast && value === 1;
    if (isOnce && isBare && during) {
      const once = bareOccasion(scope, did.type, during);
      if (once) return once;
    }
    const rows = deedRows(scope, did, during);
    if (isOnce) return those(sql`SELECT o FROM (${rows}) AS deed`, false);
    const total = measure === "sum" ? sql`coalesce(sum(amount), 0)` : sql`count(*)`;
    return those(
      sql`SELECT o FROM (${rows}) AS deed GROUP BY o HAVING ${total} ${op} ${value}::float8`,
    );
  });
}

const atLeast = sql`>=`;
const moreThan = sql`>`;
const equal = sql`=`;

/**
 * People by a total that is 0 for who did nothing, and never below: whoever is asked for by a little is
 * all but those who did more.
 */
export function byComparison(
  { op, value }: Comparison,
  those: (op: RawBuilder<unknown>, value: number) => People,
): People {
  switch (op) {
    case "at-least":
      return value <= 0 ? allBut(nobody) : those(atLeast, value);
    case "at-most":
      return allBut(those(moreThan, value));
    case "exactly":
      return value === 0 ? allBut(those(moreThan, 0)) : those(equal, value);
  }
}

const rollups = (scope: Scope, type: string, condition: RawBuilder<unknown>) =>
  sql`SELECT contact_ordinal AS o FROM activity_rollup
    WHERE organization_id = ${scope.organizationId}::uuid AND type = ${type} AND contact_ordinal > 0
      ${amongAsked(scope, sql`contact_ordinal`)} ${condition}`;

function byAverage(
  scope: Scope,
  { did, during, compare }: LeafOf<"activity">,
  isBare: boolean,
): People {
  const value = hundredths(compare.value);
  const op = { "at-least": sql`>=`, "at-most": sql`<=`, exactly: sql`=` }[compare.op];
  if (isBare) {
    const condition = sql`AND priced > 0 AND amount ${op} ${value}::float8 * priced`;
    return those(rollups(scope, did.type, condition));
  }
  return those(sql`SELECT o FROM (${deedRows(scope, did, during)}) AS deed GROUP BY o
    HAVING count(amount) > 0 AND sum(amount) ${op} ${value}::float8 * count(amount)`);
}

/** Who did it within a span that ends now, or begins with time, is known by when they did it last, or first. */
function bareOccasion(scope: Scope, type: string, span: Span): People | null {
  if (span.span === "last") return rollupsWithin(scope, type, "last", span);
  if (span.span === "before") return rollupsWithin(scope, type, "first", span);
  return null;
}

/** Whose first or last of all activities of a type is within a span. */
function rollupsWithin(scope: Scope, type: string, which: "first" | "last", span: Span): People {
  const at = which === "first" ? sql`r.first_at` : sql`r.last_at`;
  const rows = {
    select: sql`r.contact_ordinal AS o`,
    from: sql`activity_rollup AS r WHERE r.organization_id = ${scope.organizationId}::uuid
      AND r.type = ${type} AND r.contact_ordinal > 0 ${amongAsked(scope, sql`r.contact_ordinal`)}`,
    ordinal: sql`r.contact_ordinal`,
    at,
  };
  return those(withinSpan(scope, rows, span));
}

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

/** Activities of one kind, as rows of `o`, `at` and `amount`. */
const deedRows = (scope: Scope, deed: Deed, span: Span | undefined): RawBuilder<unknown> =>
  withinSpan(scope, timedDeeds(scope, deed), span);

function timedDeeds(scope: Scope, { type, where = [] }: Deed): TimedRows {
  const filters = where.map((filter) => sql`AND ${filterSql(filter)}`);
  // `contact_ordinal > 0` holds of all: it says that the covering index will do.
  return {
    select: sql`a.contact_ordinal AS o, a.at, a.amount`,
    from: sql`activity AS a WHERE a.organization_id = ${scope.organizationId}::uuid AND a.type = ${type}
      AND a.contact_ordinal > 0 ${amongAsked(scope, sql`a.contact_ordinal`)}
      AND NOT EXISTS (SELECT FROM contact WHERE contact.organization_id = ${scope.organizationId}::uuid
        AND contact.ordinal = a.contact_ordinal AND contact.erased_at IS NOT NULL) ${filters.length > 0 ? sql.join(filters, sql` `) : sql``}`,
    ordinal: sql`a.contact_ordinal`,
    at: sql`a.at`,
  };
}

const ITEM = "item.";

function filterSql({ property, is }: PropertyFilter): RawBuilder<unknown> {
  if (property === "amount") {
    const number = sql`(a.amount / 100)`;
    return testSql(
      is,
      { text: sql`NULL::text`, number, isThere: sql`a.amount IS NOT NULL` },
      byCalendar,
    );
  }
  if (property === "category") {
    const isThere = sql`a.category IS NOT NULL`;
    const test = testSql(
      is,
      { text: sql`a.category`, number: sql`NULL::float8`, isThere },
      byCalendar,
    );
    // Says that the index by category will do.
    return is.test === "present" ? test : sql`(${isThere} AND ${test})`;
  }
  if (property.startsWith(ITEM)) return itemSql(property.slice(ITEM.length), is);
  const value = sql`a.properties -> ${property}::text`;
  const text = sql`(a.properties ->> ${property}::text)`;
  const columns = {
    text: sql`(CASE WHEN jsonb_typeof(${value}) IN ('string', 'boolean') THEN ${text} END)`,
    number: sql`(CASE WHEN jsonb_typeof(${value}) = 'number' THEN ${text}::float8 END)`,
    isThere: sql`jsonb_exists(a.properties, ${property}::text)`,
  };
  return testSql(is, columns, byCalendar);
}

const isAny = (condition: RawBuilder<unknown>) => sql`EXISTS (
  SELECT FROM jsonb_array_elements(
    CASE WHEN jsonb_typeof(a.properties -> 'items') = 'array' THEN a.properties -> 'items' ELSE '[]' END
  ) AS item WHERE ${condition})`;

/** Whether any item of a purchase passes. */
function itemSql(name: string, is: PropertyFilter["is"]): RawBuilder<unknown> {
  const text = sql`(item ->> ${name}::text)`;
  const isKnown = isAny(sql`jsonb_exists(item, ${name}::text)`);
  if (is.test === "present") return is.isPresent ? isKnown : sql`NOT ${isKnown}`;
  const columns = { text, number: sql`NULL::float8`, isThere: sql`true` };
  return isAny(testSql(is, columns, byCalendar));
}

/** Days of activities are asked by the calendar alone, so that no day has to be today. */
const byCalendar = (span: Span, text: RawBuilder<unknown>) => daySql(text, span, 0);
