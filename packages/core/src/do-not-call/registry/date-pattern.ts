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
/** What may stand between them, and after: `2026-08-05T02:20:18Z`. */
const BETWEEN = /^[-./:, TZ]*$/;
/** Digits that no sign ends: where the next part begins, nobody could tell. */
const OPEN = /(?<![MD])(?:M(?!M)|D(?!D))(?=[YMDHms])/;

const isPart = (text: string): text is Part => text in parts;
const meaning = (part: string) => (isPart(part) ? (/<(\w+)>/.exec(parts[part])?.[1] ?? "") : "");

/**
 * How a day, or an instant by the publisher's own clock, is written in a table: `YYYY-MM-DD`, `D.M.YYYY
 * HH:mm`, `YYYYMMDD`. `M` and `D` are one digit or two.
 */
export const DatePattern = z.string().max(40).refine(isPattern);

function isPattern(pattern: string): boolean {
  const found = (pattern.match(PART) ?? []).map(meaning);
  const isWhole = ["year", "month", "day"].every((part) => found.includes(part));
  // A minute without its hour is none.
  const times = ["hour", "minute", "second"].map((part) => found.includes(part));
  const isTime = times.every((isTold, index) => index === 0 || !isTold || times[index - 1]);
  return (
    isWhole &&
    isTime &&
    new Set(found).size === found.length &&
    BETWEEN.test(pattern.replace(PART, "")) &&
    !OPEN.test(pattern)
  );
}

/** A day, `2026-08-05`, and the instant in milliseconds by the publisher's clock. */
export type DateRead = { day: string; atMs: number };

/** Reads dates that are written by a pattern; null where a text is none, or no day that there is. */
export function makeDateReader(pattern: string): (text: string) => DateRead | null {
  // One that is being entered may not be whole yet.
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
    if (!isDay(iso)) return null;
    // Before 1970 nobody kept such lists: 1900-01-01 stands for a day that nobody knows.
    const atMs = Math.max(0, Date.parse(`${iso}T${hour}:${minute}:${second}Z`));
    return { day: iso, atMs };
  };
}

/** Whether a text is a day that there is, as in `2026-08-05`: February 30 is none. */
export function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(`${text}T`);
}
