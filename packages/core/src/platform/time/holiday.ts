import table from "../../../data/holidays.json" with { type: "json" };
import { DAY_MS, type DayNumber, toDayNumber } from "./day.ts";

/** Days of a calendar as `MMDD`, separated by spaces: those of `every` year, and those of each year. */
type Calendar = Readonly<Record<string, string>>;

const { firstYear, lastYear } = table;
const calendars: Readonly<Record<string, Calendar>> = table.calendars;
const [firstDay, lastDay] = [toDayNumber(`${firstYear}-01-01`), toDayNumber(`${lastYear}-12-31`)];

const holidays = new Map<string, ReadonlySet<DayNumber>>();

/**
 * True if a day is a public holiday in a calendar: a country (`RU`), or one that a rule names (`US-AL`). Also
 * true for a calendar or year that the table lacks, because a call that cannot be checked is not placed.
 */
export function isHolidayOn(calendar: string, day: DayNumber): boolean {
  const isInTable = day >= firstDay && day <= lastDay;
  return !isInTable || (loadHolidays(calendar)?.has(day) ?? true);
}

/** Does the same for an ISO date. */
export const isHoliday = (calendar: string, isoDate: string) =>
  isHolidayOn(calendar, toDayNumber(isoDate));

/** True if the table has a calendar. */
export const hasHolidayCalendar = (name: string): boolean => Object.hasOwn(calendars, name);

function loadHolidays(name: string): ReadonlySet<DayNumber> | undefined {
  const cached = holidays.get(name);
  const calendar = Object.hasOwn(calendars, name) ? calendars[name] : undefined;
  if (cached !== undefined || calendar === undefined) return cached;
  const days = new Set(listDays(calendar));
  holidays.set(name, days);
  return days;
}

function* listDays({ every = "", ...years }: Calendar) {
  for (const [year, daysOfYear] of Object.entries(years)) {
    for (const day of `${every} ${daysOfYear}`.split(" ")) {
      const at = Date.UTC(Number(year), Number(day.slice(0, 2)) - 1, Number(day.slice(2)));
      if (day !== "") yield at / DAY_MS;
    }
  }
}
