import type { LeafOf, PropertyFilter } from "../rule.ts";
import { type DaySpan, type Span, daysIn, todayIn } from "../span.ts";
import { type TestedValue, type ValueTest, passes } from "../value-test.ts";
import {
  type Asked,
  type Columns,
  type Deeds,
  type Mask,
  type Values,
  zonesOf,
} from "./columns.ts";

type Days = (span: Span) => DaySpan;

/** By code, 1 for the values that pass. */
function passing({ known }: Values, test: ValueTest, days: Days): Uint8Array {
  return Uint8Array.from(known, (values) => Number(passesAny(values, test, days)));
}

/** Of several values one is enough; of none, only the test that asks for none is passed. */
const passesAny = (values: readonly TestedValue[], test: ValueTest, days: Days) =>
  values.length === 0
    ? passes(test, null, days)
    : values.some((value) => passes(test, value, days));

const nothingSaid = (size: number): Values => ({ codes: new Uint16Array(size), known: [[]] });

/** Who has an attribute that passes, by each person's own today. */
export function matchAttribute(
  columns: Columns,
  { field, test }: LeafOf<"attribute">,
  asked: Asked,
  among: Mask,
): Mask {
  const size = columns.ordinals.length;
  const values = columns.fields.get(field) ?? nothingSaid(size);
  const zones = zonesOf(columns, asked);
  const byToday = new Map<number, Uint8Array>();
  const tables = zones.map((zone) => {
    const today = todayIn(zone, asked.now);
    const table = byToday.get(today) ?? passing(values, test, (span) => daysIn(span, today));
    byToday.set(today, table);
    return table;
  });
  const found = new Uint8Array(size);
  const [only] = tables;
  if (only !== undefined && byToday.size === 1) {
    for (let place = 0; place < size; place++) {
      found[place] = (among[place] ?? 0) & (only[values.codes[place] ?? 0] ?? 0);
    }
    return found;
  }
  for (let place = 0; place < size; place++) {
    if (among[place] !== 1) continue;
    found[place] = tables[columns.zones[place] ?? 0]?.[values.codes[place] ?? 0] ?? 0;
  }
  return found;
}

/** Who said last what they prefer, of the values that are asked for. */
export function matchPreference(
  columns: Columns,
  { topic, values }: LeafOf<"preference">,
  among: Mask,
): Mask {
  const size = columns.ordinals.length;
  const { codes, known } = columns.preferences.get(topic) ?? nothingSaid(size);
  const isAsked = Uint8Array.from(known, (said) =>
    Number(said.some(({ text }) => text !== null && values.includes(text))),
  );
  const found = new Uint8Array(size);
  for (let place = 0; place < size; place++) {
    found[place] = (among[place] ?? 0) & (isAsked[codes[place] ?? 0] ?? 0);
  }
  return found;
}

/** Whether a row passes all filters; null where there are none. */
export function rowTest(
  deeds: Deeds,
  where: readonly PropertyFilter[] = [],
): ((row: number) => boolean) | null {
  const tests = where.map((filter) => filterTest(deeds, filter));
  const [first, second] = tests;
  if (first === undefined) return null;
  if (second === undefined) return first;
  if (tests.length === 2) return (row) => first(row) && second(row);
  return (row) => tests.every((test) => test(row));
}

/** Days of activities are asked by the calendar alone, so that no day has to be today. */
const byCalendar: Days = (span) => daysIn(span, 0);

function filterTest(deeds: Deeds, { property, is }: PropertyFilter): (row: number) => boolean {
  if (property === "amount") return amountTest(deeds, is);
  const values = deeds.properties.get(property);
  if (values === undefined) {
    const isPassed = passes(is, null, byCalendar);
    return () => isPassed;
  }
  const { codes } = values;
  const isPassing = passing(values, is, byCalendar);
  return (row) => isPassing[codes[row] ?? 0] === 1;
}

function amountTest({ amounts }: Deeds, is: ValueTest): (row: number) => boolean {
  const isWithout = passes(is, null, byCalendar);
  if (amounts === null) return () => isWithout;
  if (is.test === "number") {
    const { from = -Infinity, to = Infinity } = is;
    return (row) => {
      const number = (amounts[row] ?? Number.NaN) / 100;
      return number >= from && number <= to;
    };
  }
  return (row) => {
    const amount = amounts[row] ?? Number.NaN;
    if (Number.isNaN(amount)) return isWithout;
    return passes(is, { text: null, number: amount / 100 }, byCalendar);
  };
}
