import { ruleBook, listDuties } from "@ringfence/core/people/jurisdiction";
import { expect, it } from "vitest";
import { formatFieldName, formatDutyValue } from "./format-duty";

it.each([
  [true, "yes"],
  ["P60D", "60 days"],
  ["P1Y", "1 year"],
  [["caller_name", "purpose"], "caller name, purpose"],
  [{ amount: 1, unit: "day" }, "amount 1, unit day"],
  [1000000, "1,000,000"],
  [null, ""],
])("writes %j as “%s”", (value, text) => {
  expect(formatDutyValue(value)).toBe(text);
});

it("shows no raw value of any rule: no underscore, bracket or ISO period", () => {
  const texts = ruleBook.rules.flatMap((rule) =>
    listDuties(rule).flatMap(([field, value]) => [formatFieldName(field), formatDutyValue(value)]),
  );
  expect(texts.filter((text) => /_|[[{]|\bP\d+[DMY]\b(?! after)/.test(text))).toEqual([]);
});
