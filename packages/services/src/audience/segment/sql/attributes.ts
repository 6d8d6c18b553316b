import {
  type LeafOf,
  type Span,
  type ValueTest,
  daysIn,
  todayIn,
} from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import { type People, allBut, those } from "./people.ts";
import { type Scope, amongAsked } from "./scope.ts";
import { isoDateOf } from "@ringfence/core/platform/time";

/** Who has an attribute that passes a test. */
export function peopleByAttribute(scope: Scope, { field, test }: LeafOf<"attribute">): People {
  const columns = {
    text: sql`a.text`,
    number: sql`a.number`,
    isThere: sql`true`,
  };
  const passes = (days: Parameters<typeof testSql>[2]) =>
    // Whichever has the value has one of the two, or nothing but a row: what is only known to be there.
    test.test === "one-of" || test.test === "contains" || test.test === "day"
      ? sql`a.text IS NOT NULL AND ${testSql(test, columns, days)}`
      : testSql(test, columns, days);
  if (test.test === "present") {
    const known = having(scope, field, sql`true`);
    return test.isPresent ? known : allBut(known);
  }
  return having(scope, field, passes(dayOfPerson(scope)));
}

const having = (scope: Scope, field: string, condition: RawBuilder<unknown>) =>
  those(sql`SELECT a.contact_ordinal AS o FROM contact_attribute AS a
    WHERE a.organization_id = ${scope.organizationId}::uuid AND a.field = ${field}
      ${amongAsked(scope, sql`a.contact_ordinal`)} AND ${condition}`);

/** A span by each person's own today, of which there are two or three on Earth at once. */
function dayOfPerson(scope: Scope) {
  const { organizationId, home, now } = scope;
  const zones = [...new Set([home, ...scope.zones])];
  const byToday = Map.groupBy(zones, (zone) => todayIn(zone, now));
  return (span: Span, text: RawBuilder<unknown>) => {
    if (span.span === "between" || byToday.size === 1) {
      return daySql(text, span, todayIn(home, now));
    }
    const zone = sql`(SELECT CASE WHEN c.zone = ANY (${zones}::text[]) THEN c.zone ELSE ${home} END
      FROM contact AS c
      WHERE c.organization_id = ${organizationId}::uuid AND c.ordinal = a.contact_ordinal)`;
    const cases = [...byToday].map(
      ([today, named]) => sql`${daySql(text, span, today)} AND ${zone} = ANY (${named}::text[])`,
    );
    return sql`(${sql.join(cases, sql` OR `)})`;
  };
}

/** A value as it is asked about: a text, a number, and whether it is there at all. */
type AskedColumns = {
  text: RawBuilder<unknown>;
  number: RawBuilder<unknown>;
  isThere: RawBuilder<unknown>;
};

/** A test of a value as a condition; `days` says which days a test for a day means. */
export function testSql(
  test: ValueTest,
  { text, number, isThere }: AskedColumns,
  days: (span: Span, text: RawBuilder<unknown>) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  switch (test.test) {
    case "one-of":
      return sql`${text} COLLATE "C" = ANY (${test.values}::text[])`;
    case "contains":
      return sql`strpos(${text}, ${test.text}) > 0`;
    case "number": {
      const from = test.from === undefined ? sql`true` : sql`${number} >= ${test.from}::float8`;
      const to = test.to === undefined ? sql`true` : sql`${number} <= ${test.to}::float8`;
      return sql`${number} IS NOT NULL AND ${from} AND ${to}`;
    }
    case "day":
      return days(test.when, text);
    case "present":
      return test.isPresent ? isThere : sql`NOT ${isThere}`;
  }
}

/** Days are compared as text: what is no date is in no span. */
export function daySql(text: RawBuilder<unknown>, span: Span, today: number): RawBuilder<unknown> {
  const { from, to } = daysIn(span, today);
  const after = from === null ? sql`true` : sql`${text} COLLATE "C" >= ${isoDateOf(from)}`;
  const before = to === null ? sql`true` : sql`${text} COLLATE "C" <= ${isoDateOf(to)}`;
  return sql`(${text} ~ '^\\d{4}-\\d\\d-\\d\\d$' AND ${after} AND ${before})`;
}
