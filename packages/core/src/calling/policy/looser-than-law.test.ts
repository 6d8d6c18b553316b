import { expect, it } from "vitest";
import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { findPolicyFault } from "./looser-than-law.ts";
import type { PolicyRule } from "./policy-rule.ts";

const today = "2026-12-01";
const inFlorida = { places: ["US-FL"], purposes: null, dialers: null, note: "" };
const findKey = (rule: PolicyRule) => findPolicyFault(bundledRuleBook, today, rule)?.key ?? null;

const hours = (from: string, to: string): PolicyRule => ({
  kind: "hours",
  id: "hours-1",
  ...inFlorida,
  windows: [{ days: ["MO"], from, to }],
  holidaysClosed: false,
});

it("refuses hours outside those of the law", () => {
  expect(findKey(hours("08:00", "20:00"))).toBeNull();
  expect(findKey(hours("10:00", "12:00"))).toBeNull();
  expect(findKey(hours("07:59", "12:00"))).toBe("policy.looser-hours");
  expect(findKey(hours("10:00", "20:01"))).toBe("policy.looser-hours");
  // For every place it narrows some and not others.
  expect(findKey({ ...hours("07:59", "12:00"), places: null })).toBeNull();
});

it("refuses a cap that the law makes useless", () => {
  const cap = (place: string, calls: number, days: number): PolicyRule => ({
    kind: "cap",
    id: "cap-1",
    ...inFlorida,
    places: [place],
    calls,
    days,
  });
  // Fla. Stat. 501.059: three calls in 24 hours about the same subject.
  expect(findKey(cap("US-FL", 3, 1))).toBe("policy.looser-cap");
  expect(findKey(cap("US-FL", 2, 1))).toBeNull();
  expect(findKey(cap("US-FL", 3, 2))).toBeNull();
  expect(findKey(cap("US", 3, 1))).toBeNull();
});

it("refuses a place that no law knows, and a registry that its law does not name", () => {
  const registry = (places: string[] | null, code = "US-FTC-DNC"): PolicyRule => ({
    kind: "registry",
    id: "registry-1",
    ...inFlorida,
    places,
    registry: code,
    maxAgeDays: null,
  });
  expect(findKey(registry(null))).toBeNull();
  expect(findKey(registry(["US-FL"]))).toBeNull();
  expect(findKey(registry(["DE"]))).toBe("policy.registry-elsewhere");
  expect(findKey(registry(null, "moon"))).toBe("policy.registry-unknown");
  expect(findKey({ ...hours("10:00", "12:00"), places: ["XX"] })).toBe(
    "jurisdiction.place-unknown",
  );
});
