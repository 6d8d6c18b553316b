import type { ConditionOfKind, PropertyFilter } from "../rule.ts";
import { type DaySpan, type Span, toDays, findToday } from "../span.ts";
import { type TestedValue, type ValueTest, passes } from "../value-test.ts";
import {
  type ColumnContext,
  type Columns,
  type ActivityColumns,
  type Mask,
  type CodedValues,
  listZones,
} from "./columns.ts";

type ResolveDays = (span: Span) => DaySpan;

/** Computes for each code whether any of its values passes. */
function findPassingCodes(
  { byCode }: CodedValues,
  test: ValueTest,
  resolveDays: ResolveDays,
): Uint8Array {
  return Uint8Array.from(byCode, (values) => Number(passesAny(values, test, resolveDays)));
}

/** True if any of the values passes. Without values, only the "absent" test passes. */
const passesAny = (values: readonly TestedValue[], test: ValueTest, resolveDays: ResolveDays) =>
  values.length === 0
    ? passes(test, null, resolveDays)
    : values.some((value) => passes(test, value, resolveDays));

const noValues = (size: number): CodedValues => ({ codes: new Uint16Array(size), byCode: [[]] });

/** Matches people by an attribute, each by their own local date. */
export function matchAttribute(
  columns: Columns,
  { field, test }: ConditionOfKind<"attribute">,
  context: ColumnContext,
  among: Mask,
): Mask {
  const size = columns.ordinals.length;
  const values = columns.fields.get(field) ?? noValues(size);
  const zones = listZones(columns, context);
  const byToday = new Map<number, Uint8Array>();
  const tables = zones.map((zone) => {
    const today = findToday(zone, context.now);
    const table =
      byToday.get(today) ?? findPassingCodes(values, test, (span) => toDays(span, today));
    byToday.set(today, table);
    return table;
  });
  const found = new Uint8Array(size);
  const [only] = tables;
  if (only !== undefined && byToday.size === 1) {
    for (let person = 0; person < size; person++) {
      found[person] = (among[person] ?? 0) & (only[values.codes[person] ?? 0] ?? 0);
    }
    return found;
  }
  for (let person = 0; person < size; person++) {
    if (among[person] !== 1) continue;
    found[person] = tables[columns.zones[person] ?? 0]?.[values.codes[person] ?? 0] ?? 0;
  }
  return found;
}

/** Matches people by their latest preference. */
export function matchPreference(
  columns: Columns,
  { topic, values }: ConditionOfKind<"preference">,
  among: Mask,
): Mask {
  const size = columns.ordinals.length;
  const { codes, byCode } = columns.preferences.get(topic) ?? noValues(size);
  const isWanted = Uint8Array.from(byCode, (coded) =>
    Number(coded.some(({ text }) => text !== null && values.includes(text))),
  );
  const found = new Uint8Array(size);
  for (let person = 0; person < size; person++) {
    found[person] = (among[person] ?? 0) & (isWanted[codes[person] ?? 0] ?? 0);
  }
  return found;
}

/** Creates a test that a row passes all filters. Null if there are none. */
export function createRowTest(
  activities: ActivityColumns,
  where: readonly PropertyFilter[] = [],
): ((row: number) => boolean) | null {
  const tests = where.map((filter) => createFilterTest(activities, filter));
  const [first, second] = tests;
  if (first === undefined) return null;
  if (second === undefined) return first;
  if (tests.length === 2) return (row) => first(row) && second(row);
  return (row) => tests.every((test) => test(row));
}

/** Dates of activities are compared with calendar days only, so today's date does not matter. */
const byCalendar: ResolveDays = (span) => toDays(span, 0);

function createFilterTest(
  activities: ActivityColumns,
  { property, is }: PropertyFilter,
): (row: number) => boolean {
  if (property === "amount") return createAmountTest(activities, is);
  const values = activities.properties.get(property);
  if (values === undefined) {
    const isPassed = passes(is, null, byCalendar);
    return () => isPassed;
  }
  const { codes } = values;
  const isPassing = findPassingCodes(values, is, byCalendar);
  return (row) => isPassing[codes[row] ?? 0] === 1;
}

function createAmountTest({ amounts }: ActivityColumns, is: ValueTest): (row: number) => boolean {
  const passesWithout = passes(is, null, byCalendar);
  if (amounts === null) return () => passesWithout;
  if (is.test === "number") {
    const { from = -Infinity, to = Infinity } = is;
    return (row) => {
      const number = (amounts[row] ?? Number.NaN) / 100;
      return number >= from && number <= to;
    };
  }
  return (row) => {
    const amount = amounts[row] ?? Number.NaN;
    if (Number.isNaN(amount)) return passesWithout;
    return passes(is, { text: null, number: amount / 100 }, byCalendar);
  };
}
