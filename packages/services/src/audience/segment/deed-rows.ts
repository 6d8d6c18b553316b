import type { Deed, PropertyFilter, Span } from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import { amongAsked, type Scope } from "./scope.ts";
import { daySql, testSql } from "./test-sql.ts";
import { type TimedRows, withinSpan } from "./within-span.ts";

/** Activities of one kind, as rows of `o`, `at` and `amount`. */
export const deedRows = (scope: Scope, deed: Deed, span: Span | undefined): RawBuilder<unknown> =>
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
