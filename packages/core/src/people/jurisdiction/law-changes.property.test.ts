import fc from "fast-check";
import { expect, it } from "vitest";
import { someFacts } from "../../../testing/arbitraries.ts";
import { type ScreeningFacts, screen } from "../../calling/screening/index.ts";
import { compareLaws, keepFormerParts, restoreParts } from "./law-changes.ts";
import { lawDocument } from "./law-document.ts";
import { LawDocument, toRuleBook } from "./rule-book.ts";
import { RuleRow } from "./rule.ts";

/** Places of the calls that are made up, so that a changed rule often judges one. */
const law: LawDocument = (() => {
  const all = LawDocument.parse(lawDocument);
  const used = new Set("US US-FL US-NJ US-TX US-NY IN FR AU EU DE GB RU".split(" "));
  return { ...all, jurisdictions: all.jurisdictions.filter(({ id }) => used.has(id)) };
})();

const ids = law.jurisdictions.flatMap(({ rules }) => rules.map(({ rule_id }) => rule_id));
const aWhen = fc.record(
  {
    dialer: fc.constantFrom(["predictive"], ["predictive", "manual", "preview"], ["ai_voice"]),
    purpose: fc.constantFrom(["promotional"], ["promotional", "survey"]),
    called_party: fc.constantFrom(["individual"], ["individual", "company"]),
    line_type: fc.constantFrom(["wireless"], ["wireless", "landline"]),
  },
  { requiredKeys: [] },
);
const values: Partial<Record<RuleRow["type"], fc.Arbitrary<object>>> = {
  frequency_cap: fc.record({
    max: fc.integer({ min: 1, max: 4 }),
    window: fc.constantFrom("PT24H", "P1D", "P7D", "P30D", "PT8H"),
    scope: fc.constant("per_consumer_same_subject"),
  }),
  registry_scrub: fc.record({
    registry: fc.constantFrom("US-FTC-DNC", "US-TX-DNC"),
    max_age: fc.constantFrom("P1D", "P7D", "P31D", "real_time_scrub"),
    lifted_by_consent: fc.constantFrom("any", "written", "later_than_listing", null),
  }),
  sector_ban: fc.record({ model: fc.constantFrom("opt_in", "ban") }),
  calling_hours: fc.record({
    windows: fc
      .uniqueArray(fc.constantFrom("09:00-20:00", "10:00-12:00", "08:00-21:00", "10:00-19:00"), {
        minLength: 1,
        maxLength: 2,
      })
      .map((spans) =>
        spans.map((span) => ({
          days: ["MO", "TU", "WE", "TH", "FR"],
          from: span.slice(0, 5),
          to: span.slice(6),
        })),
      ),
    days_not_listed: fc.constant("prohibited"),
    holidays: fc.constantFrom(
      { mode: "allowed", calendar: null },
      { mode: "prohibited", calendar: "US" },
      { mode: "as_weekend", calendar: "US" },
    ),
    tz_basis: fc.constant("called_party_location"),
    unknown_zone: fc.constant("block_unless_inside_in_every_candidate_zone"),
  }),
};
const types = RuleRow.options.map((option) => option.shape.type.value);

/** A change of one rule: it is removed, or some of its fields are replaced. */
const aMutation = fc.record({
  id: fc.constantFrom(...ids),
  isRemoved: fc.boolean(),
  when: fc.option(aWhen, { nil: undefined }),
  effect: fc.option(fc.constantFrom("block", "require", "warn", "info"), { nil: undefined }),
  from: fc.option(fc.constantFrom(null, "2020-01-01", "2026-03-02", "2027-01-01"), {
    nil: undefined,
  }),
  confidence: fc.option(fc.constantFrom("A", "C"), { nil: undefined }),
  values: fc.record(
    Object.fromEntries(types.map((type) => [type, values[type] ?? fc.constant({})])),
  ),
  hasValue: fc.boolean(),
});

/** The law after some mutations, of each of which only what can be read counts. */
const aChangedLaw: fc.Arbitrary<LawDocument> = fc
  .array(aMutation, { minLength: 1, maxLength: 3 })
  .map((mutations) => ({
    ...law,
    jurisdictions: law.jurisdictions.map((place) => ({
      ...place,
      rules: place.rules.flatMap((rule) => {
        const mutation = mutations.find(({ id }) => id === rule.rule_id);
        if (mutation === undefined) return [rule];
        if (mutation.isRemoved) return [];
        const changed = RuleRow.safeParse({
          ...rule,
          ...(mutation.when && { when: mutation.when }),
          ...(mutation.effect && { effect: mutation.effect }),
          ...(mutation.from !== undefined && { effective_from: mutation.from }),
          ...(mutation.confidence && { confidence: mutation.confidence }),
          ...(mutation.hasValue && values[rule.type] && { value: mutation.values[rule.type] }),
        });
        return [changed.data ?? rule];
      }),
    })),
  }));

const aPair: fc.Arbitrary<readonly [LawDocument, LawDocument]> = fc
  .tuple(aChangedLaw, aChangedLaw, fc.boolean())
  .map(([one, other, isUsual]) => (isUsual ? [law, one] : [one, other]));

const isRefused = (facts: ScreeningFacts) => screen(facts).verdict === "refuse";

it("calls a change stricter only if whatever was refused stays refused", () => {
  let compared = 0;
  fc.assert(
    fc.property(
      aPair,
      fc.array(someFacts, { minLength: 12, maxLength: 12 }),
      ([before, after], calls) => {
        const changes = compareLaws(before, after);
        if (changes.some(({ effect }) => effect === "looser")) return true;
        const [old, fresh] = [toRuleBook(before), toRuleBook(after)];
        compared += changes.length;
        return calls.every(
          (facts) => !isRefused({ ...facts, law: old }) || isRefused({ ...facts, law: fresh }),
        );
      },
    ),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(10);
});

it("refuses what the former law refused as long as its parts are kept, whatever changed", () => {
  fc.assert(
    fc.property(aPair, someFacts, ([before, after], facts) => {
      const looser = compareLaws(before, after).filter(({ effect }) => effect === "looser");
      const kept = toRuleBook(restoreParts(after, keepFormerParts("0".repeat(64), looser)));
      const { jurisdictions, states } = facts;
      return (
        !isRefused({ ...facts, law: toRuleBook(before) }) ||
        isRefused({
          ...facts,
          law: toRuleBook(after),
          keptLaw: { law: kept, jurisdictions, states },
        })
      );
    }),
    { numRuns: 150 },
  );
});

it("keeps nothing once every change is accepted, and restores the former law if none is", () => {
  fc.assert(
    fc.property(aPair, ([before, after]) => {
      const changes = compareLaws(before, after);
      expect(compareLaws(after, restoreParts(after, keepFormerParts("0".repeat(64), [])))).toEqual(
        [],
      );
      const restored = restoreParts(after, keepFormerParts("0".repeat(64), changes));
      expect(compareLaws(before, restored)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

it("treats a change as looser if a duty of the caller ends, becomes informational, or covers fewer calls", () => {
  const change = (edit: (rule: RuleRow) => RuleRow[]): LawDocument => ({
    ...law,
    jurisdictions: law.jurisdictions.map((place) => ({
      ...place,
      rules: place.rules.flatMap((rule) =>
        rule.rule_id === "US-NJ.registration" ? edit(rule) : [rule],
      ),
    })),
  });
  const ended = change(() => []);
  const shown = change((rule) => [{ ...rule, effect: "info" }]);
  const narrower = change((rule) => [{ ...rule, when: { dialer: ["predictive"] } }]);
  for (const after of [ended, shown, narrower]) {
    expect(compareLaws(law, after)).toMatchObject([
      { part: "rule US-NJ.registration", effect: "looser" },
    ]);
  }
  expect(compareLaws(ended, law)).toMatchObject([{ effect: "stricter" }]);
});

it("keeps a former rule in its place if that place is removed and the rule moves to another", () => {
  const moved = law.jurisdictions
    .find(({ id }) => id === "US-NJ")
    ?.rules.find(({ rule_id }) => rule_id === "US-NJ.registration");
  if (moved === undefined) throw new Error("no such rule");
  const after: LawDocument = {
    ...law,
    jurisdictions: law.jurisdictions
      .filter(({ id }) => id !== "US-NJ")
      .map((place) =>
        place.id === "US-TX" ? { ...place, rules: [...place.rules, moved] } : place,
      ),
  };
  const looser = compareLaws(law, after).filter(({ effect }) => effect === "looser");
  const restored = restoreParts(after, keepFormerParts("0".repeat(64), looser));
  const places = restored.jurisdictions.filter(({ rules }) =>
    rules.some(({ rule_id }) => rule_id === moved.rule_id),
  );
  expect(places.map(({ id }) => id)).toContain("US-NJ");
});
