import table from "../../../data/holidays.json" with { type: "json" };
import { DAY_MS, type DayNumber, toDayNumber } from "./day.ts";

const { firstYear, lastYear } = table;
const rows: Readonly<Record<string, Readonly<Record<string, string>>>> = table.calendars;
const [firstDay, lastDay] = [toDayNumber(`${firstYear}-01-01`), toDayNumber(`${lastYear}-12-31`)];

const read = new Map<string, ReadonlySet<DayNumber>>();

/**
 * True if a day is a public holiday in a calendar: a country (`RU`), or one that a rule names (`US-AL`). Also
 * true for a calendar or year that the table lacks, because a call that cannot be checked is not placed.
 */
export function isHolidayOn(calendar: string, day: DayNumber): boolean {
  const known = day >= firstDay && day <= lastDay;
  return !known || (loadDays(calendar)?.has(day) ?? true);
}

/** Does the same for an ISO date. */
export const isHoliday = (calendar: string, isoDate: string) =>
  isHolidayOn(calendar, toDayNumber(isoDate));

function loadDays(calendar: string): ReadonlySet<DayNumber> | undefined {
  const known = read.get(calendar);
  const row = Object.hasOwn(rows, calendar) ? rows[calendar] : undefined;
  if (known !== undefined || row === undefined) return known;
  const days = new Set(listDays(row));
  read.set(calendar, days);
  return days;
}

function* listDays({ every = "", ...besides }: Readonly<Record<string, string>>) {
  for (const [year, own] of Object.entries(besides)) {
    for (const day of `${every} ${own}`.split(" ")) {
      const at = Date.UTC(Number(year), Number(day.slice(0, 2)) - 1, Number(day.slice(2)));
      if (day !== "") yield at / DAY_MS;
    }
  }
}
