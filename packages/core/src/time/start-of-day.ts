import { Temporal } from "temporal-polyfill";

/** When the day of an instant begins in a zone (IANA name): not at 00:00 where clocks skip it. */
export function startOfDay(zone: string, instant: Date): Date {
  const day = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  return new Date(day.startOfDay().epochMilliseconds);
}
