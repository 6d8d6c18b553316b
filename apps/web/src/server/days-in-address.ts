import { CALENDAR_DAY, dayStart, toDayNumber } from "@ringfence/core/platform/time";

/** Reads a day from an address, such as `2026-03-01`; null if it is none. */
export const readDay = (text: string | null) =>
  text !== null && CALENDAR_DAY.test(text) ? text : null;

/**
 * Converts the first and last day to instants: `from` is the start of the first, and `until` the start of the day
 * after the last, which is no longer part of the span. Both must come from `readDay`.
 */
export const toSpan = ({ from, to }: { from: string | null; to: string | null }, zone: string) => ({
  from: from === null ? undefined : dayStart(zone, toDayNumber(from)),
  until: to === null ? undefined : dayStart(zone, toDayNumber(to) + 1),
});
