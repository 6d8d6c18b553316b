import { Temporal } from "temporal-polyfill";
import type { Message } from "../../platform/message/index.ts";
import { instantIn, isPlausible } from "../../platform/time/index.ts";
import type { DateOrder } from "./mapping.ts";

/** The instant in a cell, or why none can be read. */
export type ReadTime = { at: Date; fault?: never } | { fault: Message; at?: never };

/** Settings for reading the times of a file: their time zone, and the meaning of `03/04/2026`. */
export type Clock = { zone: string; dateOrder: DateOrder };

/**
 * Reads the instant in a cell: `2026-03-01T09:00:00Z`, `2026-03-01 09:00`, `01.03.2026`, `3/1/2026 9:00
 * PM`. A date without a time means its beginning, or with `endOfDay` the beginning of the next day.
 */
export function readTime(cell: string, clock: Clock, { endOfDay = false } = {}): ReadTime {
  const text = cell.trim();
  const at = parseInstant(text, clock, endOfDay);
  if (at !== null && isPlausible(at)) return { at };
  // Spreadsheets store dates as days since 1900. These are the ones of 1954 to 2119.
  if (/^[2-7]\d{4}([.,]\d+)?$/.test(text)) {
    return { fault: { key: "import.time-serial", values: { value: text } } };
  }
  return { fault: { key: "import.time-unread", values: { value: text.slice(0, 60) } } };
}

function parseInstant(text: string, { zone, dateOrder }: Clock, endOfDay: boolean): Date | null {
  if (/[T ]\d\d?:.*(Z|[+-]\d\d(:?\d\d)?)$/i.test(text)) return parseExactInstant(text);

  const [date = "", ...time] = text.replace(/\s*г\.?$/, "").split(/[T\s,]+/);
  const day = parseDay(date, dateOrder);
  if (day === null) return null;
  if (time.length === 0) return instantIn(zone, `${endOfDay ? dayAfter(day) : day}T00:00`);
  const hour = parseHour(time.join(" "));
  return hour === null ? null : instantIn(zone, `${day}T${hour}`);
}

/** Parses a time with its offset from UTC, which needs no time zone. */
function parseExactInstant(text: string): Date | null {
  // Some shops write a space before the offset: `2026-03-01 12:34:56 -0500`.
  const joined = text.replace(/\s+(?=[+-]\d\d:?\d\d$)/, "");
  return nullIfOutOfRange(() => new Date(Temporal.Instant.from(joined).epochMilliseconds));
}

const yearFirst = /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})$/;
const dayFirst = /^(?<day>\d{1,2})[-/.](?<month>\d{1,2})[-/.](?<year>\d{4})$/;
const monthFirst = /^(?<month>\d{1,2})[-/](?<day>\d{1,2})[-/](?<year>\d{4})$/;

/** Parses a date to `2026-03-01`. Dates with dots never have the month first. */
function parseDay(text: string, order: DateOrder): string | null {
  const spelled = order === "month-first" && !text.includes(".") ? monthFirst : dayFirst;
  const { year, month, day } = (yearFirst.exec(text) ?? spelled.exec(text))?.groups ?? {};
  if (!year || !month || !day) return null;
  return nullIfOutOfRange(() =>
    Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: "reject" },
    ).toString(),
  );
}

const dayAfter = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();

/** Parses a time of the 24-hour or 12-hour clock to `09:00:15`. */
function parseHour(text: string): string | null {
  const spelled = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(?:([ap])\.?m\.?)?$/i.exec(text);
  if (spelled === null) return null;
  const [, hours = "", minutes = "", seconds = "00", half] = spelled;
  const hour = Number(hours);
  if (half === undefined)
    return hour < 24 ? `${hours.padStart(2, "0")}:${minutes}:${seconds}` : null;
  if (hour < 1 || hour > 12) return null;
  const of24 = (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return `${String(of24).padStart(2, "0")}:${minutes}:${seconds}`;
}

function nullIfOutOfRange<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
