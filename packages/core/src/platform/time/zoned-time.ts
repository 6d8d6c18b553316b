import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { withMessage } from "../message/index.ts";
import { DAY_MS, type DayNumber, toIsoDate } from "./day.ts";

/** IANA name of a time zone, such as `Europe/Moscow` or `UTC`. An offset such as `+03:00` is not accepted. */
export const Zone = z.string().max(64).refine(isZone, withMessage("contact.zone-unknown"));
export type Zone = z.infer<typeof Zone>;

function isZone(name: string) {
  if (!/^[A-Z]/i.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Local date and time in a time zone: the day, and the time of day in minutes (9:30 is 570). */
export type LocalClock = { day: DayNumber; minute: number };

export const MINUTE_MS = 60_000;

/**
 * Returns the local clock of a zone (IANA name) at an instant (ms since 1970). Throws a RangeError for an
 * unknown zone.
 */
export function localClock(zone: string, at: number): LocalClock {
  const local = at + offsetSpan(zone, at).offsetMs;
  const day = Math.floor(local / DAY_MS);
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

/** Formats a minute of the day as `HH:MM`. */
export const formatMinute = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** UTC−12, UTC and UTC+14. At any instant, they have all local dates on Earth, of which there are at most three. */
const everywhere = ["Etc/GMT+12", "UTC", "Etc/GMT-14"];

/**
 * Lists the local dates of an instant in some zones, each once. Without zones, lists the local dates of all zones
 * on Earth.
 */
export function listLocalDates(at: Date, zones: readonly string[]): string[] {
  const dates = (zones.length === 0 ? everywhere : zones).map((zone) =>
    toIsoDate(localClock(zone, at.getTime()).day),
  );
  return [...new Set(dates)];
}

/**
 * A time span in which a zone's offset from UTC stays the same, in milliseconds since 1970; infinite where the offset
 * never changes. `until` is exclusive.
 */
export type OffsetSpan = { from: number; until: number; offsetMs: number };

// Cached by zone, because finding a span takes a millisecond, and the same few spans are needed again and
// again.
const cachedSpans = new Map<string, readonly OffsetSpan[]>();
const MAX_ZONES = 1_000;
const MAX_SPANS = 16;

/**
 * Finds the span around an instant (ms since 1970) in a zone (IANA name). Throws a RangeError for an unknown
 * zone.
 */
export function offsetSpan(zone: string, at: number): OffsetSpan {
  const spans = cachedSpans.get(zone) ?? [];
  const hit = spans.find(({ from, until }) => from <= at && at < until);
  if (hit !== undefined) return hit;

  const span = readSpan(zone, at);
  if (cachedSpans.size >= MAX_ZONES) cachedSpans.clear();
  cachedSpans.set(zone, [span, ...spans].slice(0, MAX_SPANS));
  return span;
}

function readSpan(zone: string, at: number): OffsetSpan {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  // One millisecond later, because "previous" leaves out a change at exactly this instant. The span would then begin
  // too early, and instants before the change would get its offset from the cache.
  const previous = local.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  return {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: local.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: local.offsetNanoseconds / 1e6,
  };
}

/** Returns the first instant of a day in a zone (IANA name). It need not be midnight. */
export const dayStart = (zone: string, day: DayNumber) =>
  new Date(Temporal.PlainDate.from(toIsoDate(day)).toZonedDateTime(zone).epochMilliseconds);

/**
 * Converts a clock reading such as `2026-03-01T09:00` in a zone (IANA name) to an instant; null if
 * the reading or the zone is invalid. If clocks repeat the hour, the first one counts; if they skip it, the time after
 * the gap. An offset in the reading is ignored, so callers must refuse one.
 */
export function instantIn(zone: string, reading: string): Date | null {
  try {
    const { epochMilliseconds } = Temporal.PlainDateTime.from(reading).toZonedDateTime(zone);
    return new Date(epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
