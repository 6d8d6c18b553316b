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

/*
 * Finds people and activities by their values. A column has few distinct values, each with a code (`CodedValues`), so
 * each code is tested once, and then only codes are looked up.
 */

type ResolveDays = (span: Span) => DaySpan;

/** Tests each code: 1 if any of its values passes. */
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

/** A column in which nobody has a value, such as one of an attribute that nobody has. */
const createEmptyColumn = (size: number): CodedValues => ({
  codes: new Uint16Array(size),
  byCode: [[]],
});

/** Finds the people of `among` with an attribute that passes, each by the date in their own time zone. */
export function matchAttribute(
  columns: Columns,
  { field, test }: ConditionOfKind<"attribute">,
  context: ColumnContext,
  among: Mask,
): Mask {
  const size = columns.ordinals.length;
  const values = columns.fields.get(field) ?? createEmptyColumn(size);
  const zones = listZones(columns, context);
  const passingByToday = new Map<number, Uint8Array>();
  const passingByZone = zones.map((zone) => {
    const today = findToday(zone, context.now);
    const passing =
      passingByToday.get(today) ?? findPassingCodes(values, test, (span) => toDays(span, today));
    passingByToday.set(today, passing);
    return passing;
  });
  const found = new Uint8Array(size);
  const [passing] = passingByZone;
  // It is the same day in all zones.
  if (passing !== undefined && passingByToday.size === 1) {
    for (let person = 0; person < size; person++) {
      found[person] = (among[person] ?? 0) & (passing[values.codes[person] ?? 0] ?? 0);
    }
    return found;
  }
  for (let person = 0; person < size; person++) {
    if (among[person] !== 1) continue;
    found[person] = passingByZone[columns.zones[person] ?? 0]?.[values.codes[person] ?? 0] ?? 0;
  }
  return found;
}

/**
 * Finds the people of `among` whose preference about a topic is one of these. Columns hold the latest of each person.
 */
export function matchPreference(
  columns: Columns,
  { topic, values }: ConditionOfKind<"preference">,
  among: Mask,
): Mask {
  const size = columns.ordinals.length;
  const { codes, byCode } = columns.preferences.get(topic) ?? createEmptyColumn(size);
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

/**
 * Rules may compare dates of activities with calendar days only (`findRuleFaults`), so today's date does not matter.
 */
const byCalendar: ResolveDays = (span) => toDays(span, 0);

function createFilterTest(
  activities: ActivityColumns,
  { property, is: test }: PropertyFilter,
): (row: number) => boolean {
  // Amounts are not coded. They have a column of their own.
  if (property === "amount") return createAmountTest(activities, test);
  const values = activities.properties.get(property);
  if (values === undefined) {
    const passesWithout = passes(test, null, byCalendar);
    return () => passesWithout;
  }
  const { codes } = values;
  const passing = findPassingCodes(values, test, byCalendar);
  return (row) => passing[codes[row] ?? 0] === 1;
}

/** Columns hold amounts in hundredths, and NaN for none, which is in no range. */
function createAmountTest({ amounts }: ActivityColumns, test: ValueTest): (row: number) => boolean {
  const passesWithout = passes(test, null, byCalendar);
  if (amounts === null) return () => passesWithout;
  const findAmount = (row: number) => (amounts[row] ?? Number.NaN) / 100;
  if (test.test === "number") {
    const { from = -Infinity, to = Infinity } = test;
    return (row) => {
      const amount = findAmount(row);
      return amount >= from && amount <= to;
    };
  }
  return (row) => {
    const amount = findAmount(row);
    if (Number.isNaN(amount)) return passesWithout;
    return passes(test, { text: null, number: amount }, byCalendar);
  };
}
