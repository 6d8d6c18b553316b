import { expect, it } from "vitest";
import { addPeriod, Period, periodDays } from "./period.ts";

const at = new Date("2026-03-31T12:00:00Z");

it.each([
  ["PT24H", 1, "2026-04-01T12:00:00.000Z"],
  ["PT24H", -1, "2026-03-30T12:00:00.000Z"],
  ["P31D", -1, "2026-02-28T12:00:00.000Z"],
  ["P1M", 1, "2026-04-30T12:00:00.000Z"],
  ["P1M", -1, "2026-02-28T12:00:00.000Z"],
  ["P18M", 1, "2027-09-30T12:00:00.000Z"],
  ["P2Y", 1, "2028-03-31T12:00:00.000Z"],
  ["P3Y14D", 1, "2029-04-14T12:00:00.000Z"],
  ["P1W", 1, "2026-04-07T12:00:00.000Z"],
] as const)("adds %s, %i times: %s", (period, sign, expected) => {
  expect(addPeriod(at, period, sign).toISOString()).toBe(expected);
});

it.each([
  ["PT24H", 1],
  ["P28D", 28],
  ["P1M", 28],
  ["P2M", 59],
  ["P3M", 89],
  ["P2Y", 730],
  ["P5Y", 1_826],
])("%s has %i days, or more", (period, days) => {
  expect(periodDays(period)).toBe(days);
});

it.each(["", "P", "P3", "3M", "PT", "PT5M", "P-1D", "P1D ", "real_time_scrub"])(
  "is no period: “%s”",
  (text) => {
    expect(Period.safeParse(text).success).toBe(false);
    expect(() => addPeriod(at, text)).toThrow(RangeError);
  },
);
