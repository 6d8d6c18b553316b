import { z } from "zod";

const parts = {
  YYYY: "(?<year>\\d{4})",
  MM: "(?<month>\\d\\d)",
  M: "(?<month>\\d\\d?)",
  DD: "(?<day>\\d\\d)",
  D: "(?<day>\\d\\d?)",
  HH: "(?<hour>[01]\\d|2[0-3])",
  mm: "(?<minute>[0-5]\\d)",
  ss: "(?<second>[0-5]\\d)",
} as const satisfies Record<string, string>;
type Part = keyof typeof parts;

const PART = /YYYY|MM?|DD?|HH|mm|ss/g;
/** Separators between and after the parts: `2026-08-05T02:20:18Z`. */
const BETWEEN = /^[-./:, TZ]*$/;
/**
 * A part of one or two digits directly before another part. Patterns with only one such part are refused too, although
 * the length of the text would tell where the next part starts.
 */
const AMBIGUOUS = /(?<![MD])(?:M(?!M)|D(?!D))(?=[YMDHms])/;

const isPart = (text: string): text is Part => text in parts;
const partName = (part: string) => (isPart(part) ? (/<(\w+)>/.exec(parts[part])?.[1] ?? "") : "");

/**
 * Pattern of a date, or of a time by the publisher's clock: `YYYY-MM-DD`, `D.M.YYYY HH:mm`, `YYYYMMDD`. `M` and
 * `D` are one or two digits.
 */
export const DatePattern = z.string().max(40).refine(isPattern);

function isPattern(pattern: string): boolean {
  const names = (pattern.match(PART) ?? []).map(partName);
  const hasDay = ["year", "month", "day"].every((part) => names.includes(part));
  // A minute needs its hour, and a second its minute.
  const times = ["hour", "minute", "second"].map((part) => names.includes(part));
  const isTimeComplete = times.every((has, index) => index === 0 || !has || times[index - 1]);
  return (
    hasDay &&
    isTimeComplete &&
    new Set(names).size === names.length &&
    BETWEEN.test(pattern.replace(PART, "")) &&
    !AMBIGUOUS.test(pattern)
  );
}

/**
 * A day, `2026-08-05`, and the time by the publisher's clock, in milliseconds as if it were UTC; 0 for days before
 * 1970.
 */
export type ParsedDate = { day: string; atMs: number };

/**
 * Creates a parser for a pattern. It returns null for other texts and for days that do not exist, and for every
 * text if the pattern is not valid.
 */
export function createDateParser(pattern: string): (text: string) => ParsedDate | null {
  // A pattern that is still being entered may be invalid.
  if (!isPattern(pattern)) return () => null;
  const shape = pattern
    .replaceAll(".", "\\.")
    .replaceAll(PART, (part) => (isPart(part) ? parts[part] : part));
  const expected = new RegExp(`^${shape}$`);
  return (text) => {
    const found = expected.exec(text)?.groups;
    if (!found) return null;
    const { year = "", month = "", day = "", hour = "00", minute = "00", second = "00" } = found;
    const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    if (!isCalendarDay(iso)) return null;
    // No list is older than 1970: 1900-01-01 stands for an unknown day.
    const atMs = Math.max(0, Date.parse(`${iso}T${hour}:${minute}:${second}Z`));
    return { day: iso, atMs };
  };
}

/** True if a text such as `2026-08-05` is a day that exists. February 30 does not. */
export function isCalendarDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(`${text}T`);
}
