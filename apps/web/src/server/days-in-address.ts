import { CALENDAR_DAY, dayStart, toDayNumber } from "@ringfence/core/platform/time";

/** Reads a day from an address, such as `2026-03-01`; null if it is none. */
export const readDay = (text: string | null) =>
  text !== null && CALENDAR_DAY.test(text) ? text : null;

/** Converts the first and last day to instants: from the start of the one until the end of the other. */
export const toSpan = ({ from, to }: { from: string | null; to: string | null }, zone: string) => ({
  from: from === null ? undefined : dayStart(zone, toDayNumber(from)),
  until: to === null ? undefined : dayStart(zone, toDayNumber(to) + 1),
});
