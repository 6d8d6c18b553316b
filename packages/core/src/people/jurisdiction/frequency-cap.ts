import { DAY_MS, addPeriod, dayStart, localClock, periodDays } from "../../platform/time/index.ts";
import type { RuleOfType } from "./rule.ts";

/** A limit on how often a person may be called, of a rule or of a campaign. */
export type Cap = {
  /** Maximum number of calls in `days` days, which may be a fraction: a law may count hours. */
  max: number;
  days: number;
  /** Returns the instant from which a past call no longer counts in any of the time zones. */
  countsUntil: (call: Date, zones: readonly string[]) => Date;
};

/**
 * Converts a frequency rule: a number of calls in a sliding window, or in whole days of the person's
 * calendar.
 */
export function toCap({ value: { max, window, window_kind } }: RuleOfType<"frequency_cap">): Cap {
  const days = periodDays(window);
  const countsUntil = (call: Date, zones: readonly string[]) =>
    window_kind === "calendar_days" ? afterDays(call, days, zones) : addPeriod(call, window);
  return { max, days, countsUntil };
}

/**
 * Counts the day of the call as the first. If no time zone is known, the day may end anywhere, so one more
 * day is added.
 */
function afterDays(call: Date, days: number, zones: readonly string[]): Date {
  if (zones.length === 0) return new Date(call.getTime() + (days + 1) * DAY_MS);
  const ends = zones.map((zone) =>
    dayStart(zone, localClock(zone, call.getTime()).day + days).getTime(),
  );
  return new Date(Math.max(...ends));
}
