import { expect, it } from "vitest";
import {
  type Precision,
  formatDate,
  formatInstant,
  formatShortDay,
  zoneCity,
  zoneLabel,
} from "./format-time.ts";

const instant = new Date("2026-11-25T15:14:07Z");

it.each<["en" | "ru", string, Precision, string]>([
  ["en", "America/Chicago", "day", "25 Nov 2026"],
  ["en", "America/Chicago", "cell", "25 Nov 2026, 09:14"],
  ["en", "America/Chicago", "minute", "25 Nov 2026, 09:14 CST"],
  ["en", "America/Chicago", "evidence", "25 Nov 2026, 09:14:07 CST (15:14:07 UTC)"],
  ["en", "UTC", "evidence", "25 Nov 2026, 15:14:07 UTC"],
  ["ru", "UTC", "evidence", "25 ноября 2026, 15:14:07 UTC"],
  ["en", "America/Chicago", "weekday", "Wednesday 25 November 2026, 09:14 CST (Chicago)"],
  ["en", "Asia/Kathmandu", "minute", "25 Nov 2026, 20:59 UTC+5:45"],
  ["ru", "Europe/Moscow", "day", "25 нояб. 2026"],
  ["ru", "Europe/Moscow", "minute", "25 нояб. 2026, 18:14 МСК"],
  ["ru", "Europe/Moscow", "evidence", "25 ноября 2026, 18:14:07, Москва (UTC+3)"],
  ["en", "UTC", "weekday", "Wednesday 25 November 2026, 15:14 UTC"],
  ["ru", "Europe/Moscow", "weekday", "среда, 25 ноября 2026, 18:14 МСК (Москва)"],
  ["ru", "Asia/Yekaterinburg", "minute", "25 нояб. 2026, 20:14 UTC+5"],
  ["ru", "America/Chicago", "minute", "25 нояб. 2026, 09:14 UTC−6"],
])("%s, %s, %s: %s", (locale, zone, precision, told) => {
  expect(formatInstant(locale, zone, instant, precision)).toBe(told);
});

it("names the UTC day in evidence where it differs", () => {
  const evening = new Date("2026-11-26T03:14:07Z");
  expect(formatInstant("en", "America/Chicago", evening, "evidence")).toBe(
    "25 Nov 2026, 21:14:07 CST (26 Nov 2026, 03:14:07 UTC)",
  );
});

it("formats midnight as the hour 00", () => {
  const midnight = new Date("2026-11-25T00:00:00Z");
  expect(formatInstant("en", "UTC", midnight, "minute")).toBe("25 Nov 2026, 00:00 UTC");
});

it("names a zone for the head of a column, and its city", () => {
  expect(zoneLabel("en", "America/New_York", instant)).toBe("EST");
  expect(zoneLabel("ru", "UTC", instant)).toBe("UTC");
  expect(zoneCity("en", "America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  expect(zoneCity("ru", "Asia/Yekaterinburg")).toBe("Екатеринбург");
});

it("formats a short day without its year", () => {
  expect(formatShortDay("en", "Asia/Tokyo", instant)).toBe("26 Nov");
  expect(formatShortDay("ru", "Europe/Moscow", instant)).toBe("25 нояб.");
});

it("formats a calendar date", () => {
  expect(formatDate("en", "2026-03-05")).toBe("5 Mar 2026");
  expect(formatDate("ru", "2026-03-05")).toBe("5 мар. 2026");
});
