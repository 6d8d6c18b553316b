import { expect, it } from "vitest";
import { readTime } from "./read-time.ts";

const moscow = { zone: "Europe/Moscow", dateOrder: "day-first" } as const;
const texas = { zone: "America/Chicago", dateOrder: "month-first" } as const;

it.each([
  ["2026-03-01T09:00:00Z", "2026-03-01T09:00:00.000Z"],
  ["2026-03-01 09:00:00+05:00", "2026-03-01T04:00:00.000Z"],
  ["2026-03-01T09:00:00.250+0500", "2026-03-01T04:00:00.250Z"],
  ["2026-03-01 09:00", "2026-03-01T06:00:00.000Z"],
  ["2026-03-01T09:00:30", "2026-03-01T06:00:30.000Z"],
  [" 01.03.2026 ", "2026-02-28T21:00:00.000Z"],
  ["1.3.2026 9:05", "2026-03-01T06:05:00.000Z"],
  ["01.03.2026 г.", "2026-02-28T21:00:00.000Z"],
  ["01/03/2026, 09:00", "2026-03-01T06:00:00.000Z"],
  ["2026/03/01", "2026-02-28T21:00:00.000Z"],
])("reads %s by the clocks of Moscow", (text, expected) => {
  expect(readTime(text, moscow).at?.toISOString()).toBe(expected);
});

it.each([
  ["3/1/2026 9:00 PM", "2026-03-02T03:00:00.000Z"],
  ["3/1/2026 12:15 am", "2026-03-01T06:15:00.000Z"],
  ["03-01-2026", "2026-03-01T06:00:00.000Z"],
  ["01.03.2026", "2026-03-01T06:00:00.000Z"],
])("reads %s by the clocks of Texas, the month first where no dots are", (text, expected) => {
  expect(readTime(text, texas).at?.toISOString()).toBe(expected);
});

it("takes a day for its end when something lasts until then", () => {
  const { at } = readTime("31.12.2026", moscow, { endOfDay: true });
  expect(at?.toISOString()).toBe("2026-12-31T21:00:00.000Z");
});

it.each([
  ["46082", "import.time-serial"],
  ["46082,375", "import.time-serial"],
  ["30.02.2026", "import.time-unread"],
  ["2026-02-30T00:00:00Z", "import.time-unread"],
  ["01.03.26", "import.time-unread"],
  ["2026-03-01 25:00", "import.time-unread"],
  ["0026-03-01", "import.time-unread"],
  ["yesterday", "import.time-unread"],
  ["", "import.time-unread"],
])("says what is wrong with %j", (text, key) => {
  expect(readTime(text, moscow).fault?.key).toBe(key);
});
