import { expect, it } from "vitest";
import {
  Zone,
  dayStart,
  instantIn,
  localClock,
  listLocalDates,
  formatMinute,
} from "./zoned-time.ts";
import { toDayNumber } from "./day.ts";

it.each(["Europe/Moscow", "America/Argentina/Buenos_Aires", "UTC"])("knows %s", (name) => {
  expect(Zone.safeParse(name).success).toBe(true);
});

it.each(["Europe/Atlantis", "+03:00", "", "<script>"])("does not know %s", (name) => {
  expect(Zone.safeParse(name).success).toBe(false);
});

it.each([
  ["Asia/Kathmandu", "2026-11-25T18:14:59.999Z", "2026-11-25", "23:59"],
  ["Asia/Kathmandu", "2026-11-25T18:15:00Z", "2026-11-26", "00:00"],
  ["America/New_York", "2026-11-01T05:59:59Z", "2026-11-01", "01:59"],
  ["America/New_York", "2026-11-01T06:00:00Z", "2026-11-01", "01:00"],
  ["America/Havana", "2026-03-08T05:00:00Z", "2026-03-08", "01:00"],
])("reads a clock in %s at %s", (zone, at, date, time) => {
  const { day, minute } = localClock(zone, new Date(at).getTime());
  expect([day, formatMinute(minute)]).toEqual([toDayNumber(date), time]);
});

it("accepts no zone that does not exist", () => {
  expect(() => localClock("Europe/Atlantis", 0)).toThrow(RangeError);
});

it.each([
  [["Europe/Moscow", "Europe/Berlin"], "2026-11-25T12:00:00Z", ["2026-11-25"]],
  [["Europe/Moscow", "Europe/Berlin"], "2026-11-25T22:00:00Z", ["2026-11-26", "2026-11-25"]],
  [[], "2026-11-25T10:30:00Z", ["2026-11-24", "2026-11-25", "2026-11-26"]],
  [[], "2026-11-25T13:00:00Z", ["2026-11-25", "2026-11-26"]],
])("tells the dates in %j at %s", (zones, at, dates) => {
  expect(listLocalDates(new Date(at), zones)).toEqual(dates);
});

it.each([
  ["America/Havana", "2026-03-08", "2026-03-08T05:00:00.000Z"],
  ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z"],
  ["Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00.000Z"],
])("begins a day in %s: %s", (zone, date, instant) => {
  expect(dayStart(zone, toDayNumber(date)).toISOString()).toBe(instant);
});

it.each([
  ["Europe/Moscow", "2026-03-01T09:00", "2026-03-01T06:00:00.000Z"],
  ["America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00.000Z"],
  ["America/New_York", "2026-03-08T02:30", "2026-03-08T07:30:00.000Z"],
])("reads a clock in %s: %s", (zone, reading, instant) => {
  expect(instantIn(zone, reading)?.toISOString()).toBe(instant);
});

it("returns null for a text that is not a clock reading", () => {
  expect(instantIn("Europe/Moscow", "")).toBeNull();
});
