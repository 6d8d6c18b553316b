import fc from "fast-check";
import { expect, it } from "vitest";
import { RegistryId } from "../../platform/ids.ts";
import { DAY_MS, localClock, toWeekday } from "../../platform/time/index.ts";
import { findNextReading } from "./reading-schedule.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const instant = fc
  .integer({
    min: Date.parse("2024-01-01T00:00:00Z"),
    max: Date.parse("2030-01-01T00:00:00Z"),
  })
  .map((ms) => new Date(ms));
const weekdays = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 });
const reading = fc.record({
  id: fc.uuid().map((id) => RegistryId.parse(id)),
  zone: fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
  schedule: fc.record({
    fromMinute: fc.integer({ min: 0, max: 1_439 }),
    withinMinutes: fc.integer({ min: 0, max: 720 }),
    weekdays,
  }),
});

it("comes on each chosen weekday, in its window, or later if the clocks have skipped it", () => {
  fc.assert(
    fc.property(reading, instant, (reading, now) => {
      const next = findNextReading(reading, now, now) ?? now;
      const { fromMinute, withinMinutes, weekdays } = reading.schedule;
      const local = localClock(reading.zone, next.getTime());
      const opensAgo = [0, 1].map((days) => ({
        weekday: toWeekday(local.day - days),
        minutes: local.minute + days * 1_440 - fromMinute,
      }));
      const isInWindow = opensAgo.some(
        ({ weekday, minutes }) =>
          weekdays.includes(weekday) && minutes >= -60 && minutes <= withinMinutes + 60,
      );
      expect(isInWindow).toBe(true);
      expect(next.getTime()).toBeGreaterThan(now.getTime());
      const longest = 7 * DAY_MS + withinMinutes * MINUTE_MS + HOUR_MS;
      expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(longest);
    }),
  );
});

it("skips no reading, whenever the last one was", () => {
  fc.assert(
    fc.property(reading, instant, fc.nat({ max: 30 * DAY_MS }), (reading, sweptAt, later) => {
      const due = findNextReading(reading, sweptAt, sweptAt) ?? sweptAt;
      const now = new Date(sweptAt.getTime() + later);
      const next = findNextReading(reading, sweptAt, now);
      expect(next).toEqual(now < due ? due : null);
    }),
  );
});
