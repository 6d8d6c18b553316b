import { expect, it } from "vitest";
import { formatRuleValue, formatFieldName, formatPeriod } from "./words";
import { listDuties, bundledRuleBook } from "@ringfence/core/people/jurisdiction";

it.each([
  ["en", "PT24H", "24 hours"],
  ["en", "P1Y", "1 year"],
  ["en", "P3Y14D", "3 years, 14 days"],
  ["ru", "P31D", "31 день"],
  ["ru", "P3M", "3 месяца"],
])("formats in %s the period %s as %s", (locale, period, told) => {
  expect(formatPeriod(locale, period)).toBe(told);
});

it.each([
  [true, "yes"],
  ["P60D", "60 days"],
  ["P1Y", "1 year"],
  [["caller_name", "purpose"], "caller name, purpose"],
  [{ amount: 1, unit: "day" }, "amount 1, unit day"],
  [1000000, "1,000,000"],
  [null, ""],
])("writes %j as “%s”", (value, text) => {
  expect(formatRuleValue(value)).toBe(text);
});

it("shows no raw value of any rule: no underscore, bracket or ISO period", () => {
  const texts = bundledRuleBook.rules.flatMap((rule) =>
    listDuties(rule).flatMap(([field, value]) => [formatFieldName(field), formatRuleValue(value)]),
  );
  expect(texts.filter((text) => /_|[[{]|\bP\d+[DMY]\b(?! after)/.test(text))).toEqual([]);
});
