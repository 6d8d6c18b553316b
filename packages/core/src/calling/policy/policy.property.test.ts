import fc from "fast-check";
import { expect, it } from "vitest";
import { aPlace, someFacts } from "../../../testing/arbitraries.ts";
import { Dialer } from "../../account/organization/index.ts";
import { PurposeKind } from "../../account/purpose/index.ts";
import { DAY_MS, Weekday } from "../../platform/time/index.ts";
import { type ScreeningFacts, addPolicies, screen } from "../screening/index.ts";
import { type PolicyRule, type PolicyRuleKind, PolicyRules } from "./policy-rule.ts";

const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const nonEmptySubset = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 1 });

const scope = {
  places: orNull(fc.uniqueArray(aPlace, { minLength: 1, maxLength: 2 })),
  purposes: orNull(nonEmptySubset(PurposeKind.options)),
  dialers: orNull(nonEmptySubset(Dialer.options)),
  note: fc.constant(""),
};
/** Fields that every rule has: its kind, its name, and which calls it limits. */
const named = <Kind extends PolicyRuleKind>(kind: Kind) => ({
  kind: fc.constant(kind),
  id: fc.constant(`${kind}-1`),
  ...scope,
});

/** A rule of any kind. */
const aRule: fc.Arbitrary<PolicyRule> = fc.oneof(
  fc.record({
    ...named("hours"),
    windows: fc.tuple(
      fc.record({
        days: nonEmptySubset(Weekday.options),
        from: fc.constantFrom("00:00", "09:00"),
        to: fc.constantFrom("10:00", "23:59"),
      }),
    ),
    holidaysClosed: fc.boolean(),
  }),
  fc.record({
    ...named("closed-days"),
    first: fc.constant("2026-03-02"),
    last: fc.constant("2026-03-04"),
  }),
  fc.record({
    ...named("cap"),
    calls: fc.integer({ min: 1, max: 4 }),
    days: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record(named("consent")),
  fc.record({ ...named("consent-age"), months: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ ...named("cool-off"), days: fc.integer({ min: 1, max: 90 }) }),
  fc.record({
    ...named("proof"),
    written: fc.constant(true),
    elements: fc.constant<"signature"[]>([]),
  }),
  fc.record({ ...named("dialer"), dialers: nonEmptySubset(Dialer.options) }),
  fc.record({
    ...named("registry"),
    registry: fc.constantFrom("US-FTC-DNC", "US-TX-DNC", "FR-BLOCTEL"),
    maxAgeDays: orNull(fc.integer({ min: 1, max: 60 })),
  }),
);

const someRules = fc.uniqueArray(aRule, { minLength: 1, maxLength: 4, selector: ({ id }) => id });

const underRules = (facts: ScreeningFacts, rules: readonly PolicyRule[]): ScreeningFacts => ({
  ...facts,
  ownLaw: addPolicies(facts, [{ hash: JSON.stringify(rules), sellerId: null, rules }]),
});

it("refuses whatever the law refuses, for the same reasons, and never allows more", () => {
  fc.assert(
    fc.property(someFacts, someRules, (facts, rules) => {
      expect(PolicyRules.parse(rules)).toEqual(rules);
      const [before, after] = [screen(facts), screen(underRules(facts, rules))];
      const known = new Set(after.refusals.map((reason) => JSON.stringify(reason)));
      const lost = before.refusals.filter((reason) => !known.has(JSON.stringify(reason)));
      expect(lost).toEqual([]);
      expect(after.verdict === "allow" && before.verdict === "refuse").toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

/** Lists rules for every place that a call breaks, for the kinds that need no more than its dialer and earlier calls. */
const listBrokenRules = (facts: ScreeningFacts, rules: readonly PolicyRule[]) =>
  rules.filter((rule) => {
    if (rule.places !== null || rule.purposes?.includes(facts.purpose.kind) === false) return false;
    if (rule.kind === "dialer") return rule.dialers.includes(facts.dialer);
    if (rule.kind !== "cap" || rule.dialers?.includes(facts.dialer) === false) return false;
    const recent = facts.calls.filter(
      (call) => call <= facts.at && facts.at.getTime() - call.getTime() < rule.days * DAY_MS,
    );
    return recent.length >= rule.calls;
  });

it("allows no call by a forbidden dialer, and none beyond a cap", () => {
  fc.assert(
    fc.property(someFacts, someRules, (facts, rules) => {
      const { verdict } = screen(underRules(facts, rules));
      expect(verdict === "allow" ? listBrokenRules(facts, rules) : []).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
