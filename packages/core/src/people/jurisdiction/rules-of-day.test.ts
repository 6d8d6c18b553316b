import { expect, it } from "vitest";
import { ruleBook } from "./rule-book.ts";
import { rulesOfDay } from "./rules-of-day.ts";

const known = ruleBook.rules.find(({ jurisdiction }) => jurisdiction === "US");
if (known === undefined) throw new Error("the United States have no rule");
const rule = { ...known, effectiveFrom: "2026-03-01", effectiveTo: "2026-03-31" };
const idsOn = (rules: (typeof rule)[], ...dates: string[]) =>
  rulesOfDay({ rules }, ["US"], dates).map(({ id }) => id);

it.each([
  ["2026-02-28", false],
  ["2026-03-01", true],
  ["2026-03-31", true],
  ["2026-04-01", false],
])("lists a rule on the days on which it is in force: %s, %s", (date, isListed) => {
  expect(idsOn([{ ...rule, effect: "block" }], date)).toEqual(isListed ? [rule.id] : []);
});

it("lists a rule that is in force on any of the days that it may be where the phone is", () => {
  expect(idsOn([{ ...rule, effect: "block" }], "2026-02-28", "2026-03-01")).toEqual([rule.id]);
});

it("leaves out other places, bills, and what is only shown", () => {
  expect(idsOn([{ ...rule, jurisdiction: "CA", effect: "block" }], "2026-03-01")).toEqual([]);
  expect(idsOn([{ ...rule, effect: "info" }], "2026-03-01")).toEqual([]);
  expect(idsOn([{ ...rule, effect: "block", status: "bill_unverified" }], "2026-03-01")).toEqual(
    [],
  );
});
