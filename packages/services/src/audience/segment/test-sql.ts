import { daysIn, type Span, type ValueTest } from "@ringfence/core/audience/segment";
import { isoDateOf } from "@ringfence/core/platform/time";
import { type RawBuilder, sql } from "kysely";

/** A value as it is asked about: a text, a number, and whether it is there at all. */
export type AskedColumns = {
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
