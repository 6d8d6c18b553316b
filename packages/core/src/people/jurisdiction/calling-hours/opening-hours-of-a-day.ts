import {
  type DayNumber,
  type HoursWindow,
  Weekday,
  isHolidayOn,
  toWeekday,
} from "../../../platform/time/index.ts";
import type { HoursPolicy, RuleId } from "../jurisdiction.ts";
import type { RuleOfType } from "../rule.ts";

/** Opening hours of a law, an industry code or the organization, prepared for fast look-ups. */
export type Timetable = {
  rule: RuleId;
  citation?: string;
  /** Time zone in which the hours count; null for the person's own. */
  zone: string | null;
  week: Week;
  /** Holiday calendars. On a holiday of any of them, `holidayWeek` applies. */
  calendars: readonly string[];
  holidayWeek: Week;
};

/** Finds the open spans of a day. */
export function findOpenSpans(timetable: Timetable, day: DayNumber): readonly Span[] {
  const isHoliday = timetable.calendars.some((calendar) => isHolidayOn(calendar, day));
  return (isHoliday ? timetable.holidayWeek : timetable.week)[toWeekday(day)] ?? [];
}

const closedWeek: Week = Weekday.options.map(() => []);

const everyDay = { zone: null, calendars: [], holidayWeek: closedWeek };

/** Builds the timetable of a law; null if it sets no hours. */
export function toLawTimetable({
  id: rule,
  citation,
  source,
  value,
}: RuleOfType<"calling_hours">): Timetable | null {
  if (value.windows === null) return null;
  const { tz_basis: basis, holidays } = value;
  const week = toWeek(value.windows);
  return {
    rule,
    ...(source !== "policy" && { citation }),
    zone: basis === "called_party_location" ? null : basis,
    week,
    calendars: holidays.mode === "allowed" ? [] : [holidays.calendar],
    holidayWeek: holidays.mode === "as_weekend" ? toWeekendWeek(week) : closedWeek,
  };
}

/** Turns each working day into a Sunday. */
const toWeekendWeek = (week: Week): Week =>
  week.map((spans, weekday) => (weekday < 5 ? (week[6] ?? []) : spans));

/** Builds the timetable of an industry code; null if the rule has none. */
export function toIndustryTimetable({
  id: rule,
  citation,
  value,
}: RuleOfType<"calling_hours">): Timetable | null {
  if (value.windows !== null || value.industry_code === undefined) return null;
  const { industry_code: code, industry_code_closed_on: calendar } = value;
  const calendars = calendar === undefined ? [] : [calendar];
  return { ...everyDay, rule, citation, week: toWeek(code), calendars };
}

const policyWeeks = new WeakMap<HoursPolicy, Week>();

/**
 * Builds the timetable of the hours of the organization or of a campaign. If they observe holidays, it is closed on
 * those of each country where the person may be.
 */
export function toPolicyTimetable(
  policy: HoursPolicy,
  countries: readonly string[],
  rule: "policy.hours" | "campaign.hours" = "policy.hours",
): Timetable {
  const week = policyWeeks.get(policy) ?? toWeek(policy.windows);
  policyWeeks.set(policy, week);
  const calendars = policy.holidaysClosed ? countries : [];
  return { ...everyDay, rule, week, calendars };
}

/** Minutes of a local day. The end is exclusive. */
export type Span = readonly [from: number, to: number];

/** Open spans of each day, Monday first. */
type Week = readonly (readonly Span[])[];

/** Converts windows to spans. Drops windows that end before they begin. */
const toWeek = (windows: readonly HoursWindow[]): Week =>
  Weekday.options.map((weekday) =>
    windows
      .filter(({ days }) => days.includes(weekday))
      .map(({ from, to }): Span => [toMinute(from), toMinute(to)])
      .filter(([from, to]) => from < to),
  );

const toMinute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

export const isWithin = (spans: readonly Span[], minute: number) =>
  spans.some(([from, to]) => from <= minute && minute < to);

/** Intersects two lists of spans. */
export const intersect = (some: readonly Span[], others: readonly Span[]): readonly Span[] =>
  some.flatMap(([from, to]) =>
    others
      .map(([otherFrom, otherTo]): Span => [Math.max(from, otherFrom), Math.min(to, otherTo)])
      .filter(([from, to]) => from < to),
  );
