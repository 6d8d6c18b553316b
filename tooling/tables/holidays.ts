// Makes packages/core/data/holidays.json: the public holidays of every country that date-holidays
// knows, and of the jurisdictions whose calendars the rules name. Run it with `pnpm
// tables:holidays`.
import { writeFileSync } from "node:fs";
import path from "node:path";
import Holidays from "date-holidays";
import library from "date-holidays/package.json" with { type: "json" };
import { russianDaysOff } from "./russian-days-off.ts";
import { listStateDays } from "./state-days.ts";

const [firstYear, lastYear] = [2016, 2032];
const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
const HOUR_MS = 3_600_000;

export const tablePath = path.resolve(
  import.meta.dirname,
  "../../packages/core/data/holidays.json",
);

/** Calendars that the rules name, besides countries. */
const regionalCalendars =
  "AU-national BR-CE BR-RJ ES-AN ES-AR ES-AS ES-CB ES-CE ES-CL ES-CM ES-CN ES-CN-GC ES-CN-TF ES-CT ES-EX ES-GA ES-IB ES-MC ES-MD ES-ML ES-NC ES-PV ES-RI ES-VC US-AL US-LA US-MS US-PA US-RI US-UT".split(
    " ",
  );

/** The days before the holidays of a country, where its law has hours of their own for them. */
const eves = new Map([["IT-eves", "IT"]]);

/** No holiday is law in the whole United Kingdom, and a number does not reveal the nation. */
const nations = { GB: ["ENG", "NIR", "SCT", "WLS"] };

function openSources(calendar: string): Holidays[] {
  const [country = calendar, part = "national"] = calendar.split("-");
  if (country === "GB") return nations[country].map((nation) => new Holidays(country, nation));
  return [part === "national" ? new Holidays(country) : new Holidays(country, part)];
}

/** ISO dates of a holiday: every day of a long one, and the whole day of half a day. */
function listDates({ date, start, end }: { date: string; start: Date; end: Date }): string[] {
  const first = Date.parse(`${date.slice(0, 10)}T00:00Z`);
  // A clock change makes a day an hour longer.
  const days = Math.ceil(((end.getTime() - start.getTime()) / HOUR_MS - 1) / 24);
  return Array.from({ length: days }, (_, index) =>
    new Date(first + index * 24 * HOUR_MS).toISOString().slice(0, 10),
  );
}

/**
 * Every public holiday as an ISO date. The previous year is included, because its holidays may
 * extend into the first year, and so is the next, whose first day has an eve in the last one.
 */
function listHolidays(calendar: string): string[] {
  const country = eves.get(calendar);
  if (country !== undefined) return listHolidays(country).map(toDayBefore);
  const listed = openSources(calendar).flatMap((source) =>
    [firstYear - 1, ...years, lastYear + 1].flatMap((year) => source.getHolidays(year)),
  );
  return [
    ...listed.filter(({ type }) => type === "public").flatMap(listDates),
    ...(calendar === "RU" ? years.flatMap(russianDaysOff) : []),
    ...years.flatMap((year) => listStateDays(calendar, year)),
  ];
}

const toDayBefore = (isoDate: string) =>
  new Date(Date.parse(isoDate) - 24 * HOUR_MS).toISOString().slice(0, 10);

/** Days that every year has, as `MMDD`, and the further days of each year. */
function toRows(dates: readonly string[]): Record<string, string> {
  const inYear = years.map((year) => {
    const days = dates.filter((date) => date.startsWith(`${year}-`));
    return { year, days: new Set(days.map((date) => date.slice(5).replace("-", ""))) };
  });
  const all = [...new Set(inYear.flatMap(({ days }) => [...days]))].toSorted();
  const every = all.filter((day) => inYear.every(({ days }) => days.has(day)));
  const besides = inYear.map(({ year, days }) => {
    const daysOfYear = all.filter((day) => days.has(day) && !every.includes(day));
    return [String(year), daysOfYear.join(" ")] as const;
  });
  return { every: every.join(" "), ...Object.fromEntries(besides) };
}

/** Makes the text of the table. */
export function buildHolidayTable(): string {
  const calendars = [
    ...Object.keys(new Holidays().getCountries()),
    ...regionalCalendars,
    ...eves.keys(),
  ].toSorted();
  const table = {
    about:
      "Public holidays as MMDD: of every year, and what each has besides. Made by pnpm tables:holidays.",
    source: `date-holidays ${library.version}, with corrections: Russian days off that are moved, days of states that it lacks, and the nations of GB together`,
    license:
      "CC BY-SA 3.0 (https://creativecommons.org/licenses/by-sa/3.0/): the data of date-holidays (https://github.com/commenthol/date-holidays) is by commenthol and contributors, after the pages of Wikipedia that its LICENSE names.",
    firstYear,
    lastYear,
    calendars: Object.fromEntries(calendars.map((name) => [name, toRows(listHolidays(name))])),
  };
  return `${JSON.stringify(table, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(tablePath, buildHolidayTable());
