import { Temporal } from "temporal-polyfill";
import { type DayNumber, isoDateOf } from "./day.ts";

/** The first instant of a day in a zone (IANA name), which need not be midnight. */
export const dayStart = (zone: string, day: DayNumber) =>
  new Date(Temporal.PlainDate.from(isoDateOf(day)).toZonedDateTime(zone).epochMilliseconds);
