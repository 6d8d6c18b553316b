import { z } from "zod";
import {
  type DayNumber,
  Zone,
  toIsoDate,
  localClock,
  toWeekday,
} from "../../platform/time/index.ts";
import { Temporal } from "temporal-polyfill";
import type { OrganizationId, RegistryId } from "../../platform/ids.ts";

/** A weekly schedule, in the organization's time zone: of reading registries, or of writing the blocked list. */
export const ReadingSchedule = z.strictObject({
  /** Minute after midnight at which the window opens. */
  fromMinute: z.int().min(0).max(1_439),
  /** Length of the window. Each registry or list has its own minute in it, so that downloads are spread out. */
  withinMinutes: z.int().min(0).max(720),
  /** Weekdays on which the window opens; 0 is Monday. */
  weekdays: z.array(z.int().min(0).max(6)).min(1).max(7),
});
export type ReadingSchedule = z.infer<typeof ReadingSchedule>;

/** Every night between two and three. */
export const nightlySchedule: ReadingSchedule = {
  fromMinute: 120,
  withinMinutes: 60,
  weekdays: [0, 1, 2, 3, 4, 5, 6],
};

/** Sets when the organization's registries are read, and in which time zone. */
export const SetReadingSchedule = z.strictObject({ zone: Zone, readings: ReadingSchedule });
export type SetReadingSchedule = z.infer<typeof SetReadingSchedule>;

export type ScheduledReading = {
  /** Decides the minute in the window. For the blocked list, it is the organization's id. */
  id: RegistryId | OrganizationId;
  /** IANA name. */
  zone: string;
  schedule: ReadingSchedule;
};

/** Days to look back and ahead: a weekly schedule has up to seven days between readings, plus one for time zones. */
const DAYS = 8;

/**
 * Finds the next time at which a reading starts. `sweptAt` is when the sweep last started one. Null if a reading is
 * due: there was none yet, or a scheduled time has passed since, and the next sweep will start one.
 */
export function findNextReading(
  reading: ScheduledReading,
  sweptAt: Date | null,
  now: Date,
): Date | null {
  const { day } = localClock(reading.zone, now.getTime());
  const times = Array.from({ length: 2 * DAYS + 1 }, (_, n) => day - DAYS + n)
    .filter((day) => reading.schedule.weekdays.includes(toWeekday(day)))
    .map((day) => readingTimeOn(day, reading));
  const last = times.findLast((time) => time <= now);
  if (sweptAt === null || (last && sweptAt < last)) return null;
  return times.find((time) => time > now) ?? null;
}

/** True if there was no reading yet or a scheduled time has passed since the last, so that the next sweep starts one. */
export const isReadingDue = (reading: ScheduledReading, sweptAt: Date | null, now: Date): boolean =>
  findNextReading(reading, sweptAt, now) === null;

/**
 * Computes the time of the reading on a day. If clocks skip the opening minute, the window opens that much later: at
 * 03:30 instead of 02:30.
 */
function readingTimeOn(day: DayNumber, { zone, schedule, id }: ScheduledReading): Date {
  const { fromMinute, withinMinutes } = schedule;
  const opens = Temporal.PlainDate.from(toIsoDate(day)).toZonedDateTime({
    timeZone: zone,
    plainTime: Temporal.PlainTime.from({
      hour: Math.floor(fromMinute / 60),
      minute: fromMinute % 60,
    }),
  });
  return new Date(opens.epochMilliseconds + minuteWithin(withinMinutes, id) * 60_000);
}

/** Picks a minute that never changes, so that pages can show it. The end of an id is random (RFC 9562). */
const minuteWithin = (minutes: number, id: ScheduledReading["id"]) =>
  minutes === 0 ? 0 : Number.parseInt(id.slice(-8), 16) % minutes;
