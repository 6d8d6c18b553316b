import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { it } from "vitest";
import { DAY_MS } from "./day.ts";
import { addPeriod, periodDays } from "./period.ts";

const part = fc.nat({ max: 40 });
const period = fc
  .tuple(part, part, part, part)
  .map(([years, months, days, hours]) => `P${years}Y${months}M${days}DT${hours}H`);
const instant = fc.date({
  min: new Date("1970-01-01T00:00:00Z"),
  max: new Date("2100-01-01T00:00:00Z"),
  noInvalidDate: true,
});
const sign = fc.constantFrom(1 as const, -1 as const);

it("counts as Temporal does on the calendar of UTC", () => {
  fc.assert(
    fc.property(instant, period, sign, (at, period, sign) => {
      const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO("UTC");
      const moved = sign === 1 ? local.add(period) : local.subtract(period);
      return addPeriod(at, period, sign).getTime() === moved.epochMilliseconds;
    }),
  );
});

it("has no more days than the period has anywhere", () => {
  const shortPeriod = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 11 }), part);
  fc.assert(
    fc.property(instant, shortPeriod, (at, [years, months, days]) => {
      const text = `P${years}Y${months}M${days}D`;
      const first = new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
      return periodDays(text) <= (addPeriod(first, text).getTime() - first.getTime()) / DAY_MS;
    }),
  );
});
