import { expect, it } from "vitest";
import { isHoliday } from "./holiday.ts";

it.each([
  ["US-AL", "2026-11-26", "Thanksgiving"],
  ["US-LA", "2026-02-17", "Mardi Gras"],
  ["US-LA", "2027-01-08", "Battle of New Orleans"],
  ["US-UT", "2027-03-26", "Good Friday"],
  ["ES-NC", "2026-12-03", "Saint Francis Xavier"],
  ["ES-CN-GC", "2026-09-08", "Our Lady of the Pine"],
  ["US-UT", "2026-07-24", "Pioneer Day"],
  ["FR", "2026-11-11", "the Armistice"],
  ["GB", "2026-08-31", "the summer bank holiday of three nations"],
  ["GB", "2026-11-30", "Saint Andrew's, of the fourth"],
  ["AU-national", "2026-12-28", "a substitute"],
  ["AU-national", "2025-01-26", "Australia Day itself, on a Sunday"],
  ["AU-national", "2025-01-27", "the Monday in lieu"],
  ["RU", "2026-01-05", "within days of many"],
  ["RU", "2026-01-09", "moved by decree"],
  ["RU", "2026-12-31", "moved by decree"],
  ["RU", "2026-05-11", "moved by law"],
  ["RU", "2030-02-25", "moved by law, before there is a decree"],
  ["BR-RJ", "2026-04-23", "Saint George's"],
])("%s keeps %s (%s)", (calendar, date) => {
  expect(isHoliday(calendar, date)).toBe(true);
});

it.each([
  ["US-AL", "2026-11-25"],
  ["RU", "2026-01-12"],
  ["RU", "2025-03-10"],
  ["BR", "2026-04-23"],
  ["FR", "2028-02-29"],
  ["DE", "2016-01-04"],
  ["DE", "2032-12-31"],
])("%s works on %s", (calendar, date) => {
  expect(isHoliday(calendar, date)).toBe(false);
});

it.each([
  ["XX", "2026-11-25", "no such calendar"],
  ["constructor", "2026-11-25", "no such calendar"],
  ["DE", "2015-12-30", "before the table"],
  ["DE", "2033-01-03", "after the table"],
  ["DE", "tomorrow", "no date"],
])("says yes of what cannot be checked: %s on %s (%s)", (calendar, date) => {
  expect(isHoliday(calendar, date)).toBe(true);
});
