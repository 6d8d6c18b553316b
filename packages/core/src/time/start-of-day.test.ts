import { expect, it } from "vitest";
import { startOfDay } from "./start-of-day.ts";

it.each([
  ["Europe/Moscow", "2026-11-25T20:59:59Z", "2026-11-24T21:00:00.000Z"],
  ["Europe/Moscow", "2026-11-25T21:00:00Z", "2026-11-25T21:00:00.000Z"],
  ["Asia/Kathmandu", "2026-11-25T12:00:00Z", "2026-11-24T18:15:00.000Z"],
  // Clocks went from 23:59 to 01:00: that day has no midnight.
  ["America/Santiago", "2022-09-11T12:00:00Z", "2022-09-11T04:00:00.000Z"],
])("in %s, of %s: %s", (zone, instant, start) => {
  expect(startOfDay(zone, new Date(instant)).toISOString()).toBe(start);
});
