import { DAY_MS, addPeriod, dayStart, localClock, periodDays } from "../../platform/time/index.ts";
import type { RuleOfType } from "./rule.ts";

export type Cap = {
  /** The most calls in so many days. */
  max: number;
  days: number;
  /** The first instant at which a call that was placed counts no longer, in whichever of the zones. */
  countsUntil: (call: Date, zones: readonly string[]) => Date;
};

/** What a cap asks: so many calls in any such span, or in so many whole days of the person's calendar. */
export function toCap({ value: { max, window, window_kind } }: RuleOfType<"frequency_cap">): Cap {
  const days = periodDays(window);
  const countsUntil = (call: Date, zones: readonly string[]) =>
    window_kind === "calendar_days" ? afterDays(call, days, zones) : addPeriod(call, window, 1);
  return { max, days, countsUntil };
}

/** The day of the call is the first. In no zone we do not know when a day ends, and wait for one more. */
function afterDays(call: Date, days: number, zones: readonly string[]): Date {
  if (zones.length === 0) return new Date(call.getTime() + (days + 1) * DAY_MS);
  const ends = zones.map((zone) =>
    dayStart(zone, localClock(zone, call.getTime()).day + days).getTime(),
  );
  return new Date(Math.max(...ends));
}
