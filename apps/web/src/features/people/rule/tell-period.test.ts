import { expect, it } from "vitest";
import { tellPeriod } from "./tell-period";

it.each([
  ["en", "PT24H", "24 hours"],
  ["en", "P1Y", "1 year"],
  ["en", "P3Y14D", "3 years, 14 days"],
  ["ru", "P31D", "31 день"],
  ["ru", "P3M", "3 месяца"],
])("tells in %s that %s is %s", (locale, period, told) => {
  expect(tellPeriod(locale, period)).toBe(told);
});
