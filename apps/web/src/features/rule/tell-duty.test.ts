import { ruleBook, listDuties } from "@ringfence/core/jurisdiction";
import { expect, it } from "vitest";
import { tellField, tellValue } from "./tell-duty";

it.each([
  [true, "yes"],
  ["P60D", "60 days"],
  ["P1Y", "1 year"],
  [["caller_name", "purpose"], "caller name, purpose"],
  [{ amount: 1, unit: "day" }, "amount 1, unit day"],
  [1000000, "1,000,000"],
  [null, ""],
])("tells %j as %s", (value, told) => {
  expect(tellValue(value)).toBe(told);
});

it("tells no raw value of any rule: no underscore, no bracket, no period", () => {
  const told = ruleBook.rules.flatMap((rule) =>
    listDuties(rule).flatMap(([field, value]) => [tellField(field), tellValue(value)]),
  );
  expect(told.filter((text) => /_|[[{]|\bP\d+[DMY]\b(?! after)/.test(text))).toEqual([]);
});
