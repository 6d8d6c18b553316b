import { expect, it } from "vitest";
import { toCap } from "./frequency-cap.ts";
import type { RuleOfType } from "./rule.ts";
import { bundledRuleBook } from "./rule-book.ts";

const isCap = (rule: { type: string; id: string }): rule is RuleOfType<"frequency_cap"> =>
  rule.type === "frequency_cap";
const caps = bundledRuleBook.rules.filter(isCap).map((rule) => [rule.id, toCap(rule)] as const);
const capIn = (id: string) => {
  const cap = new Map(caps).get(id);
  if (cap === undefined) throw new Error(`No cap: ${id}`);
  return cap;
};

it("reads every cap", () => {
  expect(caps.map(([id, { max, days }]) => [id, max, days])).toEqual([
    ["RU.cap.debt.day", 1, 1],
    ["RU.cap.debt.week", 2, 7],
    ["RU.cap.debt.month", 8, 31],
    ["US-FL.cap", 3, 1],
    ["US-OK.cap", 3, 1],
    ["US-MD.cap", 3, 1],
    ["US-OR.cap", 3, 1],
    ["FR.cap", 4, 30],
    ["US-ME.announcing.cap", 1, 8 / 24],
    ["CO.cap", 1, 1],
    ["AE.cap.day", 1, 1],
    ["AE.cap.week", 2, 7],
  ]);
});

it("counts a call for its period, to the millisecond", () => {
  const until = capIn("US-FL.cap").countsUntil(new Date("2026-11-25T15:00:00.001Z"), []);
  expect(until).toEqual(new Date("2026-11-26T15:00:00.001Z"));
});

it.each([
  ["from its own day to the end of the last", ["Europe/Paris"], "2026-12-24T23:00:00.000Z"],
  [
    "in the zone where days end last",
    ["Europe/Paris", "America/Cayenne"],
    "2026-12-25T03:00:00.000Z",
  ],
  ["a day longer where no zone is known", [], "2026-12-26T10:00:00.000Z"],
])("lets a call count for whole days: %s", (_, zones, expected) => {
  const until = capIn("FR.cap").countsUntil(new Date("2026-11-25T10:00:00Z"), zones);
  expect(until.toISOString()).toBe(expected);
});
