import { describe, expect, it } from "vitest";
import { type CallFacts, toDialerFacts } from "./call-facts.ts";
import { findRulesInForce, listJudgingRules } from "./rules-in-force.ts";
import { bundledRuleBook } from "./rule-book.ts";
import { determinePhase } from "./rule.ts";

describe("findRulesInForce", () => {
  /** A call of which everything is known. */
  const known: CallFacts = {
    ...toDialerFacts("live_agent", false),
    purpose: ["promotional"],
    sector: ["other"],
    line_type: ["landline"],
    called_party: ["individual"],
    outcome: ["other"],
    state: ["SP"],
    emergency_in_area: [false],
    written_form_required: [false],
  };

  const listRuleIds = (place: string, dates: readonly string[], facts: CallFacts) =>
    findRulesInForce(bundledRuleBook, [place], dates, facts).map(({ id }) => id);

  it("judges a call by the law of its day", () => {
    expect(listRuleIds("FR", ["2026-08-10"], known)).toContain("FR.model.optout");
    expect(listRuleIds("FR", ["2026-08-10"], known)).not.toContain("FR.model.optin");
    expect(listRuleIds("FR", ["2026-08-11"], known)).not.toContain("FR.model.optout");
    expect(listRuleIds("FR", ["2026-08-11"], known)).toContain("FR.model.optin");
  });

  it("takes a rule that is in force on any day that it may be there", () => {
    expect(listRuleIds("FR", ["2026-08-11", "2026-08-10"], known)).toEqual(
      expect.arrayContaining(["FR.model.optout", "FR.model.optin"]),
    );
    expect(listRuleIds("FR", [], known)).toEqual(
      expect.arrayContaining(["FR.model.optout", "FR.model.optin"]),
    );
  });

  it("applies a future rule from its day on", () => {
    expect(listRuleIds("US", ["2027-01-30"], known)).not.toContain("US.revoke.all");
    expect(listRuleIds("US", ["2027-01-31"], known)).toContain("US.revoke.all");
  });

  it("judges no call by a bill", () => {
    expect(listRuleIds("RU", [], {}).filter((id) => id.includes(".bill."))).toEqual([]);
  });

  it("adds the rules of the places that a place lies in, after its own", () => {
    const ids = listRuleIds("US-FL", ["2026-11-25"], known);
    expect(ids).toContain("US.hours");
    expect(ids.indexOf("US-FL.hours")).toBeLessThan(ids.indexOf("US.hours"));
    expect(listRuleIds("DE", ["2026-11-25"], known)).toContain("EU.gdpr.consent");
  });

  it.each([
    ["met", { dialer: ["prerecorded"] }, true, true],
    ["not met", { dialer: ["manual"] }, false, false],
    ["met by one of its values", { dialer: ["manual", "prerecorded"] }, true, true],
    ["without a source", { dialer: [] }, true, false],
  ])("applies where a condition is %s: %j", (_, facts, required, warned) => {
    const ids = listRuleIds("US", ["2026-11-25"], { ...known, ...facts });
    expect(ids.includes("US.pewc.model")).toBe(required);
    expect(ids.includes("US.rnd")).toBe(warned);
  });

  it("needs every condition of a rule", () => {
    const { dialer: _, ...unsaid } = known;
    expect(listRuleIds("US", ["2026-11-25"], unsaid)).toContain("US.pewc.model");
    expect(
      listRuleIds("RU", ["2026-11-25"], { ...known, written_form_required: [true] }),
    ).toContain("RU.consent.elements.written");
  });
});

describe("listJudgingRules", () => {
  const known = bundledRuleBook.rules.find(({ jurisdiction }) => jurisdiction === "US");

  if (known === undefined) throw new Error("the United States have no rule");

  const rule = { ...known, effectiveFrom: "2026-03-01", effectiveTo: "2026-03-31" };

  const idsOn = (rules: (typeof rule)[], ...dates: string[]) =>
    listJudgingRules({ rules }, ["US"], dates).map(({ id }) => id);

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
});

describe("determinePhase", () => {
  const phase = (id: string, ...dates: string[]) => {
    const rule = bundledRuleBook.rules.find((one) => one.id === id);
    return rule && determinePhase(rule, dates);
  };

  it("distinguishes rules that have ended, are in force or are still to come", () => {
    expect(phase("FR.model.optout", "2026-08-10")).toBe("in-force");
    expect(phase("FR.model.optout", "2026-08-11")).toBe("ended");
    expect(phase("FR.model.optin", "2026-08-10")).toBe("future");
  });

  it("counts a rule as in force if any of the local dates is within its period", () => {
    expect(phase("FR.model.optout", "2026-08-10", "2026-08-11")).toBe("in-force");
    expect(phase("FR.model.optin", "2026-08-10", "2026-08-11")).toBe("in-force");
  });
});
