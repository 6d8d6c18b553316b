import { formatMinute, localClock, toIsoDate } from "../../../platform/time/index.ts";
import {
  type HoursFault,
  type HoursInput,
  type TimetableReading,
  createHoursPlan,
  isInForceOn,
  isOpen,
  listHoursRules,
  readTimetable,
  readTimetablesAt,
  warnsOutside,
} from "./hours-rules-in-force.ts";
import { intersect } from "./opening-hours-of-a-day.ts";
import { appliesTo } from "../rules-in-force.ts";

/**
 * Checks whether a call may be placed at its time, and returns the reason if not. Every time zone must be open under
 * the hours of every jurisdiction: its law or, where the law sets none, the policy. Returns one reason at most; a
 * closed day comes before a closed hour. Throws a RangeError for an unknown time zone.
 */
export function checkCallingHours(input: HoursInput): HoursFault | null {
  const zones = readTimetablesAt(createHoursPlan(input), input.at.getTime());
  if (zones.every((readings) => readings.every(isOpen))) return null;

  const [closed] = zones.flatMap(findClosedAllDay);
  if (closed !== undefined) return toHoursFault(closed, "day-not-allowed");
  const [shut] = zones.flatMap((readings) => readings.filter((reading) => !isOpen(reading)));
  return shut === undefined ? null : toHoursFault(shut, "outside-calling-hours");
}

/** Finds clocks on whose day no hour is open, and returns the timetable to blame for each. */
function findClosedAllDay(readings: readonly TimetableReading[]): TimetableReading[] {
  return [...Map.groupBy(readings, ({ zone }) => zone).values()].flatMap((together) => {
    const [first, ...others] = together.map(({ spans }) => spans);
    const common = others.reduce(intersect, first ?? []);
    if (common.length > 0) return [];
    const closed = together.find(({ spans }) => spans.length === 0);
    // Each is open at some time, but never at the same time.
    return closed ?? together.find((reading) => !isOpen(reading)) ?? [];
  });
}

/** Creates the reason why a call may not be placed, from the timetable that is to blame. */
export function toHoursFault(
  { timetable, zone, clock }: TimetableReading,
  reason: HoursFault["reason"],
): HoursFault {
  const { rule, citation } = timetable;
  const local = { zone, localDate: toIsoDate(clock.day), localTime: formatMinute(clock.minute) };
  return { reason, ...local, rule, ...(citation !== undefined && { citation }) };
}

/**
 * Finds hours that a call breaks without being refused: those of rules that only warn, such as industry codes, and of
 * rules that an officer set to warn.
 */
export function findHoursWarnings(input: HoursInput): readonly HoursFault[] {
  const { law, at, zones, jurisdictions, facts, warnOnly } = input;
  const rules = [...new Set(jurisdictions.flatMap((id) => listHoursRules(law, id)))].filter(
    (hours) => warnsOutside(hours, warnOnly) && appliesTo(hours.rule, facts),
  );
  return rules.flatMap((hours) => {
    const { timetable } = hours;
    const shut = zones
      .filter((zone) => isInForceOn(hours, localClock(zone, at.getTime()).day))
      .map((zone) => readTimetable(timetable, timetable.zone ?? zone, at.getTime()))
      .find((reading) => !isOpen(reading));
    if (shut === undefined) return [];
    return [
      toHoursFault(shut, shut.spans.length === 0 ? "day-not-allowed" : "outside-calling-hours"),
    ];
  });
}
