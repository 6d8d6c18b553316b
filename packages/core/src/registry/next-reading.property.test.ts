import fc from "fast-check";
import { expect, it } from "vitest";
import { DAY_MS, localClock } from "../time/index.ts";
import { nextReading } from "./next-reading.ts";

const HOUR_MS = 3_600_000;
const zone = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
const instant = fc
  .integer({
    min: Date.parse("2024-01-01T00:00:00Z"),
    max: Date.parse("2030-01-01T00:00:00Z"),
  })
  .map((ms) => new Date(ms));

it("comes every night, at two by the clock or when clocks have gone past it", () => {
  fc.assert(
    fc.property(zone, instant, (zone, now) => {
      const next = nextReading(zone, now, now) ?? now;
      const { minute } = localClock(zone, next.getTime());
      expect(minute).toBeGreaterThanOrEqual(120);
      expect(minute).toBeLessThanOrEqual(180);
      expect(next.getTime()).toBeGreaterThan(now.getTime());
      expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(DAY_MS + HOUR_MS);
    }),
  );
});

it("leaves out no night, whenever it was last given out", () => {
  fc.assert(
    fc.property(zone, instant, fc.nat({ max: 30 * DAY_MS }), (zone, sweptAt, later) => {
      const due = nextReading(zone, sweptAt, sweptAt) ?? sweptAt;
      const now = new Date(sweptAt.getTime() + later);
      const next = nextReading(zone, sweptAt, now);
      expect(next).toEqual(now < due ? due : null);
    }),
  );
});
