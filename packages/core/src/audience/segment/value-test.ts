import { z } from "zod";
import { storableText } from "../../platform/text/index.ts";
import { CALENDAR_DAY, toDayNumber } from "../../platform/time/index.ts";
import { type DaySpan, Span } from "./span.ts";

/**
 * A test of a value. A missing value passes only the test for being absent. Texts are compared as written, case too.
 */
export const ValueTest = z.discriminatedUnion("test", [
  z.object({
    test: z.literal("one-of"),
    values: z.array(storableText(500)).min(1).max(1_000),
  }),
  z.object({ test: z.literal("contains"), text: storableText(200).min(1) }),
  z.object({
    test: z.literal("number"),
    from: z.number().min(-1e12).max(1e12).optional(),
    to: z.number().min(-1e12).max(1e12).optional(),
  }),
  /** A date as `2026-03-01`, in the person's own calendar. */
  z.object({ test: z.literal("day"), when: Span }),
  z.object({ test: z.literal("present"), isPresent: z.boolean() }),
]);
export type ValueTest = z.infer<typeof ValueTest>;

/** A value to test: its text, and the number that it is or looks like. */
export type TestedValue = { text: string | null; number: number | null };

const MAX_TEXT = 500;
const DECIMAL_NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/;

/**
 * Prepares a value of a contact or activity for tests, as the database stores it: only the first 500 characters of
 * a text, and as a number too if it is written like one.
 */
export function toTestedValue(value: string | number | boolean): TestedValue {
  if (typeof value === "number") return { text: null, number: value };
  const text = String(value);
  const number = typeof value === "string" && DECIMAL_NUMBER.test(text) ? Number(text) : null;
  return { text: truncateText(text, MAX_TEXT), number };
}

/** The first characters of a text, counted as the database counts them. */
export const truncateText = (text: string, length: number) =>
  text.length <= length ? text : Array.from(text).slice(0, length).join("");

/** Tests a value. `days` resolves the span of a day test. */
export function passes(
  test: ValueTest,
  value: TestedValue | null,
  days: (span: Span) => DaySpan,
): boolean {
  if (test.test === "present") return (value !== null) === test.isPresent;
  if (value === null) return false;
  const { text, number } = value;
  switch (test.test) {
    case "one-of":
      return text !== null && test.values.includes(text);
    case "contains":
      return text !== null && text.includes(test.text);
    case "number":
      return (
        number !== null && number >= (test.from ?? -Infinity) && number <= (test.to ?? Infinity)
      );
    case "day":
      return text !== null && isDayWithin(text, days(test.when));
  }
}

/** A value that is not a date fails. The database applies the same pattern. */
function isDayWithin(text: string, { from, to }: DaySpan) {
  if (!CALENDAR_DAY.test(text)) return false;
  const day = toDayNumber(text);
  return (from === null || day >= from) && (to === null || day <= to);
}
