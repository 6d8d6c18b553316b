import { Temporal } from "temporal-polyfill";
import type { OrganizationId, RegistryId } from "../../platform/ids.ts";
import { type DayNumber, isoDateOf, localClock, weekdayOf } from "../../platform/time/index.ts";
import type { ReadingSchedule } from "./reading-schedule.ts";

export type Reading = {
  /** Of what: it has a minute of its own in the window. */
  id: RegistryId | OrganizationId;
  /** IANA name. */
  zone: string;
  schedule: ReadingSchedule;
};

/** As many days as may lie between two readings of one that is read once a week, and one more on each side. */
const DAYS = 8;

/**
 * When a registry is given out to be read. Null when it is due: its time has come since it was last
 * given out, and the next sweep does it.
 */
export function nextReading(reading: Reading, sweptAt: Date | null, now: Date): Date | null {
  const { day } = localClock(reading.zone, now.getTime());
  const times = Array.from({ length: 2 * DAYS + 1 }, (_, n) => day - DAYS + n)
    .filter((day) => reading.schedule.weekdays.includes(weekdayOf(day)))
    .map((day) => timeOn(day, reading));
  const last = times.findLast((time) => time <= now);
  if (sweptAt === null || (last && sweptAt < last)) return null;
  return times.find((time) => time > now) ?? null;
}

/** Where clocks skip the minute at which the window opens, it opens at what follows it. */
function timeOn(day: DayNumber, { zone, schedule, id }: Reading): Date {
  const { fromMinute, withinMinutes } = schedule;
  const opens = Temporal.PlainDate.from(isoDateOf(day)).toZonedDateTime({
    timeZone: zone,
    plainTime: Temporal.PlainTime.from({
      hour: Math.floor(fromMinute / 60),
      minute: fromMinute % 60,
    }),
  });
  return new Date(opens.epochMilliseconds + placeIn(withinMinutes, id) * 60_000);
}

/** The same for ever, so that people can be told when: the end of an id is random (RFC 9562). */
const placeIn = (minutes: number, id: Reading["id"]) =>
  minutes === 0 ? 0 : Number.parseInt(id.slice(-8), 16) % minutes;
