import { expect, it } from "vitest";
import { DeclareEmergency, EaseRule, isEasable, mayRefuse } from "./rule-decisions.ts";
import { ruleBook } from "./rule-book.ts";

const named = (id: string) => {
  const rule = ruleBook.rules.find((rule) => rule.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return rule;
};

const faults = (given: object) =>
  EaseRule.safeParse(given).error?.issues.map(({ message }) => message);

it("lets only rules from memory warn, and of these only what refuses calls", () => {
  expect(ruleBook.rules.map(({ id }) => id).filter(isEasable)).toEqual([
    "BE.auto",
    "SE.auto",
    "IE.auto",
  ]);
});

it("does not refuse calls because of penalties and disclosure duties", () => {
  expect(mayRefuse(named("US-NY.emergency"))).toBe(true);
  expect(mayRefuse(named("CA.ebr"))).toBe(false);
  expect(mayRefuse(named("IN.penalty"))).toBe(false);
});

it("requires a reason, and explains why a rule cannot be eased", () => {
  expect(faults({ ruleId: "BE.auto", reason: "Counsel read it." })).toBeUndefined();
  expect(faults({ ruleId: "BE.auto", reason: "no" })).toEqual(["jurisdiction.reason-short"]);
  expect(faults({ ruleId: "RU.consent.ads", reason: "Counsel read it." })).toEqual([
    "jurisdiction.rule-verified",
  ]);
});

it("takes emergencies only where a law knows them", () => {
  const reason = "The governor declared it today.";
  const accepts = (jurisdiction: string) =>
    DeclareEmergency.safeParse({ jurisdiction, reason }).success;
  expect(["US-NY", "US-LA", "US-TX"].map(accepts)).toEqual([true, true, false]);
  expect(DeclareEmergency.safeParse({ jurisdiction: "US-NY" }).success).toBe(false);
});
