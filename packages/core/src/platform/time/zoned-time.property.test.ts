import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import { toDayNumber, toIsoDate, toWeekday } from "./day.ts";
import { localClock, offsetSpan } from "./zoned-time.ts";

const zones = Intl.supportedValuesOf("timeZone");
const instant = fc.integer({
  min: Date.parse("2016-01-01T00:00:00Z"),
  max: Date.parse("2033-01-01T00:00:00Z"),
});

it("shows what Temporal shows, in every zone and around every change of clocks", () => {
  const nearChange = fc.constantFrom("span", "before", "after");
  fc.assert(
    fc.property(fc.constantFrom(...zones), instant, nearChange, (zone, some, where) => {
      const { from, until } = offsetSpan(zone, some);
      const edge = where === "before" ? from - 1 : until;
      const at = where === "span" || !Number.isFinite(edge) ? some : edge;
      const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      expect(localClock(zone, at)).toEqual({
        day: toDayNumber(local.toPlainDate().toString()),
        minute: local.hour * 60 + local.minute,
      });
    }),
    { numRuns: 2_000 },
  );
});

it("numbers days as the calendar does", () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
      const date = Temporal.PlainDate.from("1970-01-01").add({ days: day });
      return (
        toDayNumber(toIsoDate(day)) === day &&
        toIsoDate(day) === date.toString() &&
        toWeekday(day) === date.dayOfWeek - 1
      );
    }),
  );
});
