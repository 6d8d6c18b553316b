import { DAY_MS, type DayNumber, isoDateOf } from "./day.ts";
import { offsetSpan } from "./offset-span.ts";

/** What a clock on the wall shows: the day, and the minutes since its midnight. */
export type LocalClock = { day: DayNumber; minute: number };

export const MINUTE_MS = 60_000;

/** The clock of a zone (IANA name) at an instant (ms since 1970). RangeError when there is no such zone. */
export function localClock(zone: string, at: number): LocalClock {
  const local = at + offsetSpan(zone, at).offsetMs;
  const day = Math.floor(local / DAY_MS);
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

/** `HH:MM` of a minute of the day. */
export const timeOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Where it is earliest, and latest; a day may begin between the two. */
const everywhere = ["Etc/GMT+12", "UTC", "Etc/GMT-14"];

/** The ISO dates of an instant in the zones, each once; in no zone, every date that it has on Earth. */
export function localDatesOf(at: Date, zones: readonly string[]): string[] {
  const dates = (zones.length === 0 ? everywhere : zones).map((zone) =>
    isoDateOf(localClock(zone, at.getTime()).day),
  );
  return [...new Set(dates)];
}
