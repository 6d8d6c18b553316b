import { type DayNumber, isHolidayOn, weekdayOf } from "../../platform/time/index.ts";
import type { HoursPolicy, RuleId } from "./jurisdiction.ts";
import type { RuleOf } from "./rule.ts";
import { closedWeek, type Span, type Week, weekOf } from "./week.ts";

/** Hours that a law, a code or the organization sets, ready to be asked often. */
export type Timetable = {
  rule: RuleId;
  citation?: string;
  /** Where its clock hangs; null: with the person. */
  zone: string | null;
  week: Week;
  /** On a holiday of any of these calendars the other week holds. */
  calendars: readonly string[];
  holidayWeek: Week;
};

/** What is open on a day of the timetable's clock. */
export function spansOn(timetable: Timetable, day: DayNumber): readonly Span[] {
  const isHoliday = timetable.calendars.some((calendar) => isHolidayOn(calendar, day));
  return (isHoliday ? timetable.holidayWeek : timetable.week)[weekdayOf(day)] ?? [];
}

const everyDay = { zone: null, calendars: [], holidayWeek: closedWeek };

/** The hours that a law sets; null when it sets none. */
export function lawOf({ id: rule, citation, value }: RuleOf<"calling_hours">): Timetable | null {
  if (value.windows === null) return null;
  const { tz_basis: basis, holidays } = value;
  const week = weekOf(value.windows);
  return {
    rule,
    citation,
    zone: basis === "called_party_location" ? null : basis,
    week,
    calendars: holidays.mode === "allowed" ? [] : [holidays.calendar],
    holidayWeek: holidays.mode === "as_weekend" ? weekendOf(week) : closedWeek,
  };
}

/** A week of nothing but weekend. */
const weekendOf = (week: Week): Week =>
  week.map((spans, weekday) => (weekday < 5 ? (week[6] ?? []) : spans));

/** The hours of an industry's code; null when there is none. */
export function codeOf({ id: rule, citation, value }: RuleOf<"calling_hours">): Timetable | null {
  if (value.windows !== null || value.industry_code === undefined) return null;
  return { ...everyDay, rule, citation, week: weekOf(value.industry_code) };
}

const policyWeeks = new WeakMap<HoursPolicy, Week>();

/** Hours of the organization's own, closed on the holidays of each country where the person may be. */
export function policyOf(
  policy: HoursPolicy,
  countries: readonly string[],
  rule: "policy.hours" | "campaign.hours" = "policy.hours",
): Timetable {
  const week = policyWeeks.get(policy) ?? weekOf(policy.windows);
  policyWeeks.set(policy, week);
  const calendars = policy.holidaysClosed ? countries : [];
  return { ...everyDay, rule, week, calendars };
}
