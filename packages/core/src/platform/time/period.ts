import { z } from "zod";
import { DAY_MS } from "./day.ts";

const pattern =
  /^P(?!$)(?:(?<years>\d+)Y)?(?:(?<months>\d+)M)?(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?<hours>\d+)H)?$/;

/** A length of time as laws say it: `PT24H`, `P31D`, `P3M`, `P2Y`, `P3Y14D` (ISO 8601). */
export const Period = z.string().regex(pattern);
export type Period = z.infer<typeof Period>;

/**
 * An instant so much later, or earlier, on the calendar of UTC: months first, and a month after
 * January 31 is the end of February. RangeError when it is no period.
 */
export function addPeriod(at: Date, period: Period, sign: 1 | -1): Date {
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
  // A day that the month lacks runs over into the next: back to the last that it has.
  if (moved.getUTCDate() !== at.getUTCDate()) moved.setUTCDate(0);
  return moved;
}

// Before the shortest month, and as far from the next February 29 as there is.
const shortest = new Date("2021-02-01T00:00:00Z");

/** The days of a period. Months have as few as they can, so that no limit lasts longer than the law's. */
export const periodDays = (period: Period): number =>
  (addPeriod(shortest, period, 1).getTime() - shortest.getTime()) / DAY_MS;
