import { z } from "zod";
import {
  type DayNumber,
  Zone,
  isoDateOf,
  localClock,
  weekdayOf,
} from "../../platform/time/index.ts";
import { Temporal } from "temporal-polyfill";
import type { OrganizationId, RegistryId } from "../../platform/ids.ts";

/** When registries are read, by the organization's clock. */
export const ReadingSchedule = z.strictObject({
  /** The minute after midnight at which its window opens. */
  fromMinute: z.int().min(0).max(1_439),
  /** How long the window is: each registry has a minute of its own in it, so that few ask at once. */
  withinMinutes: z.int().min(0).max(720),
  /** The weekdays on which it opens, 0 being Monday. */
  weekdays: z.array(z.int().min(0).max(6)).min(1).max(7),
});
export type ReadingSchedule = z.infer<typeof ReadingSchedule>;

/** Every night, in the hour after two. */
export const nightly: ReadingSchedule = {
  fromMinute: 120,
  withinMinutes: 60,
  weekdays: [0, 1, 2, 3, 4, 5, 6],
};

/** When an organization's registries are read, and by which clock. */
export const SetReadings = z.strictObject({ zone: Zone, readings: ReadingSchedule });
export type SetReadings = z.infer<typeof SetReadings>;

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
