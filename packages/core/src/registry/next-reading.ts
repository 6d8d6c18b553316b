import { Temporal } from "temporal-polyfill";
import { type DayNumber, isoDateOf, localClock } from "../time/index.ts";

/**
 * When a registry is given out to be read: at two in the morning of a zone (IANA name), every night.
 * Null when it is due: it was not given out since the last night, and the next sweep does it.
 */
export function nextReading(zone: string, sweptAt: Date | null, now: Date): Date | null {
  const { day } = localClock(zone, now.getTime());
  const tonight = nightOf(zone, day);
  const isOver = tonight <= now;
  const last = isOver ? tonight : nightOf(zone, day - 1);
  if (sweptAt === null || sweptAt < last) return null;
  return isOver ? nightOf(zone, day + 1) : tonight;
}

/** Where clocks skip two in the morning, what follows it. */
const nightOf = (zone: string, day: DayNumber) =>
  new Date(
    Temporal.PlainDate.from(isoDateOf(day)).toZonedDateTime({ timeZone: zone, plainTime: "02:00" })
      .epochMilliseconds,
  );
