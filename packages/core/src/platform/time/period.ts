import { z } from "zod";
import { DAY_MS } from "./day.ts";

const pattern =
  /^P(?!$)(?:(?<years>\d+)Y)?(?:(?<months>\d+)M)?(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?<hours>\d+)H)?$/;

/** A length of time as laws give it: `PT24H`, `P31D`, `P3M`, `P2Y`, `P3Y14D` (ISO 8601). */
export const Period = z.string().regex(pattern);
export type Period = z.infer<typeof Period>;

/**
 * Adds (`sign` 1) or subtracts (-1) a period on the UTC calendar, months first. A month after January 31 is
 * the end of February. Throws a RangeError for an invalid period.
 */
export function addPeriod(at: Date, period: Period, sign: 1 | -1 = 1): Date {
  const parts = pattern.exec(period)?.groups;
  if (parts === undefined) throw new RangeError(`Not a period: ${period}`);
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0 } = parts;
  const fixedMs = (Number(weeks) * 7 + Number(days) + Number(hours) / 24) * DAY_MS;
  const moved = addMonths(at, sign * (Number(years) * 12 + Number(months)));
  return new Date(moved.getTime() + sign * fixedMs);
}

function addMonths(at: Date, months: number): Date {
  const moved = new Date(at);
  moved.setUTCMonth(at.getUTCMonth() + months);
  // A day that the month lacks spills over into the next month, so go back to the month's last day.
  if (moved.getUTCDate() !== at.getUTCDate()) moved.setUTCDate(0);
  return moved;
}

// The shortest month begins here, and the next February 29 is as far away as possible.
const shortest = new Date("2021-02-01T00:00:00Z");

/**
 * Counts the days of a period. Months have as few days as possible, so that no age limit is longer
 * than the law's. For a window in which calls count, that would be too few: no law has one in months.
 */
export const periodDays = (period: Period): number =>
  (addPeriod(shortest, period).getTime() - shortest.getTime()) / DAY_MS;
