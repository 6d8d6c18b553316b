import { expect, it } from "vitest";
import { dayOf } from "./day.ts";
import { dayStart } from "./day-start.ts";
import { localClock, localDatesOf, timeOf } from "./local-clock.ts";

it.each([
  ["Asia/Kathmandu", "2026-11-25T18:14:59.999Z", "2026-11-25", "23:59"],
  ["Asia/Kathmandu", "2026-11-25T18:15:00Z", "2026-11-26", "00:00"],
  ["America/New_York", "2026-11-01T05:59:59Z", "2026-11-01", "01:59"],
  ["America/New_York", "2026-11-01T06:00:00Z", "2026-11-01", "01:00"],
  ["America/Havana", "2026-03-08T05:00:00Z", "2026-03-08", "01:00"],
])("reads a clock in %s at %s", (zone, at, date, time) => {
  const { day, minute } = localClock(zone, new Date(at).getTime());
  expect([day, timeOf(minute)]).toEqual([dayOf(date), time]);
});

it("knows no zone that there is not", () => {
  expect(() => localClock("Europe/Atlantis", 0)).toThrow(RangeError);
});

it.each([
  [["Europe/Moscow", "Europe/Berlin"], "2026-11-25T12:00:00Z", ["2026-11-25"]],
  [["Europe/Moscow", "Europe/Berlin"], "2026-11-25T22:00:00Z", ["2026-11-26", "2026-11-25"]],
  [[], "2026-11-25T10:30:00Z", ["2026-11-24", "2026-11-25", "2026-11-26"]],
  [[], "2026-11-25T13:00:00Z", ["2026-11-25", "2026-11-26"]],
])("tells the dates in %j at %s", (zones, at, dates) => {
  expect(localDatesOf(new Date(at), zones)).toEqual(dates);
});

it.each([
  ["America/Havana", "2026-03-08", "2026-03-08T05:00:00.000Z"],
  ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z"],
  ["Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00.000Z"],
])("begins a day in %s: %s", (zone, date, instant) => {
  expect(dayStart(zone, dayOf(date)).toISOString()).toBe(instant);
});
