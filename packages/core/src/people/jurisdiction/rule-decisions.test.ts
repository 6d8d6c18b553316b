import { expect, it } from "vitest";
import {
  DeclareEmergency,
  EaseRule,
  isEasable,
  listJurisdictionsWithEmergencyRules,
  mayRefuse,
} from "./rule-decisions.ts";
import { bundledRuleBook } from "./rule-book.ts";

const named = (id: string) => {
  const rule = bundledRuleBook.rules.find((rule) => rule.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
};

const faults = (given: object) =>
  EaseRule.safeParse(given).error?.issues.map(({ message }) => message);

it("lets only rules from memory warn, and of these only what refuses calls", () => {
  expect(
    bundledRuleBook.rules.map(({ id }) => id).filter((id) => isEasable(bundledRuleBook, id)),
  ).toEqual(["BE.auto", "SE.auto", "IE.auto"]);
});

it("does not refuse calls because of penalties and disclosure duties", () => {
  expect(mayRefuse(named("US-NY.emergency"))).toBe(true);
  expect(mayRefuse(named("CA.ebr"))).toBe(false);
  expect(mayRefuse(named("IN.penalty"))).toBe(false);
});

it("requires a reason to ease a rule", () => {
  expect(faults({ ruleId: "BE.auto", reason: "Counsel read it." })).toBeUndefined();
  expect(faults({ ruleId: "BE.auto", reason: "no" })).toEqual(["jurisdiction.reason-short"]);
});

it("takes emergencies only where a law knows them", () => {
  const places = listJurisdictionsWithEmergencyRules(bundledRuleBook);
  expect(["US-NY", "US-LA", "US-TX"].map((place) => places.includes(place))).toEqual([
    true,
    true,
    false,
  ]);
  expect(DeclareEmergency.safeParse({ jurisdiction: "US-NY" }).success).toBe(false);
});
