import {
  type ConditionOfKind,
  type Span,
  type ValueTest,
  toDays,
  findToday,
} from "@ringfence/core/audience/segment";
import { type RawBuilder, sql } from "kysely";
import { type PeopleQuery, complement, toPeople } from "./people.ts";
import { type RuleScope, requestedPeopleCondition } from "./scope.ts";
import { CALENDAR_DAY, toIsoDate } from "@ringfence/core/platform/time";

/** Compiles a condition on an attribute. */
export function compileAttribute(
  scope: RuleScope,
  { field, test }: ConditionOfKind<"attribute">,
): PeopleQuery {
  const columns = {
    text: sql`a.text`,
    number: sql`a.number`,
    isThere: sql`true`,
  };
  const compileCondition = (compileDay: Parameters<typeof compileTest>[2]) =>
    // A row holds a text, a number, or neither, if only its presence is known. Tests of text need the text.
    test.test === "one-of" || test.test === "contains" || test.test === "day"
      ? sql`a.text IS NOT NULL AND ${compileTest(test, columns, compileDay)}`
      : compileTest(test, columns, compileDay);
  if (test.test === "present") {
    const known = selectByField(scope, field, sql`true`);
    return test.isPresent ? known : complement(known);
  }
  return selectByField(scope, field, compileCondition(createDayCompiler(scope)));
}

const selectByField = (scope: RuleScope, field: string, condition: RawBuilder<unknown>) =>
  toPeople(sql`SELECT a.contact_ordinal AS o FROM contact_attribute AS a
    WHERE a.organization_id = ${scope.organizationId}::uuid AND a.field = ${field}
      ${requestedPeopleCondition(scope, sql`a.contact_ordinal`)} AND ${condition}`);

/**
 * Creates a compiler of day tests that use each person's local date. All time zones together have at most
 * three dates at once, so there are at most three cases.
 */
function createDayCompiler(scope: RuleScope) {
  const { organizationId, home: organizationZone, now } = scope;
  const zones = [...new Set([organizationZone, ...scope.zones])];
  const byToday = Map.groupBy(zones, (zone) => findToday(zone, now));
  return (span: Span, text: RawBuilder<unknown>) => {
    if (span.span === "between" || byToday.size === 1) {
      return compileDayTest(text, span, findToday(organizationZone, now));
    }
    const zone = sql`(SELECT CASE WHEN c.zone = ANY (${zones}::text[]) THEN c.zone ELSE ${organizationZone} END
      FROM contact AS c
      WHERE c.organization_id = ${organizationId}::uuid AND c.ordinal = a.contact_ordinal)`;
    const cases = [...byToday].map(
      ([today, zonesOfDate]) =>
        sql`${compileDayTest(text, span, today)} AND ${zone} = ANY (${zonesOfDate}::text[])`,
    );
    return sql`(${sql.join(cases, sql` OR `)})`;
  };
}

/** Compiles a condition on a person's latest preference. */
export const compilePreference = (
  scope: RuleScope,
  { topic, values }: ConditionOfKind<"preference">,
): PeopleQuery =>
  toPeople(sql`SELECT contact_ordinal AS o FROM preference_rollup
    WHERE organization_id = ${scope.organizationId}::uuid AND topic = ${topic}
      ${requestedPeopleCondition(scope, sql`contact_ordinal`)}
      AND value = ANY (${values}::text[])`);

/** SQL expressions for a value: as text, as number, and whether it exists. */
type TestedColumns = {
  text: RawBuilder<unknown>;
  number: RawBuilder<unknown>;
  isThere: RawBuilder<unknown>;
};

/** Compiles a test of a value. */
export function compileTest(
  test: ValueTest,
  { text, number, isThere }: TestedColumns,
  compileDay: (span: Span, text: RawBuilder<unknown>) => RawBuilder<unknown>,
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
      return compileDay(test.when, text);
    case "present":
      return test.isPresent ? isThere : sql`NOT ${isThere}`;
  }
}

/** Compares dates as text. A value that is not a date, such as `2024-02-31`, fails. */
export function compileDayTest(
  text: RawBuilder<unknown>,
  span: Span,
  today: number,
): RawBuilder<unknown> {
  const { from, to } = toDays(span, today);
  const after = from === null ? sql`true` : sql`${text} COLLATE "C" >= ${toIsoDate(from)}`;
  const before = to === null ? sql`true` : sql`${text} COLLATE "C" <= ${toIsoDate(to)}`;
  return sql`(${text} ~ ${CALENDAR_DAY.source} AND ${after} AND ${before})`;
}
