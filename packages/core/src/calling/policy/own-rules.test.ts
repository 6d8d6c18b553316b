import { describe, expect, it } from "vitest";
import {
  aGrant,
  clearFacts,
  daysAfter,
  hoursAfter,
  monday,
  sellerA,
  sellerB,
} from "../../../testing/facts.ts";
import { bundledRuleBook, mayRefuse } from "../../people/jurisdiction/index.ts";
import { type ScreeningFacts, addPolicies, screen, toChecked } from "../screening/index.ts";
import {
  type OwnPolicy,
  addOwnRules,
  listUnknownNames,
  selectPolicies,
  toRules,
} from "./own-rules.ts";
import { type PolicyRule, nameRule, parsePolicy, serializePolicy } from "./policy-rule.ts";

const everywhere = { places: null, purposes: null, dialers: null, note: "" } as const;
const createPolicy = (...rules: PolicyRule[]): OwnPolicy => ({
  hash: serializePolicy(rules).hash,
  sellerId: null,
  rules,
});

const underRules = (facts: ScreeningFacts, ...rules: PolicyRule[]): ScreeningFacts => ({
  ...facts,
  ownLaw: addPolicies(facts, [createPolicy(...rules)]),
});
const listReasons = (facts: ScreeningFacts) =>
  screen(facts).refusals.map(({ reason, rule }) => [reason, rule]);

describe("a rule of a policy", () => {
  it.each<[string, PolicyRule, Partial<ScreeningFacts>, Partial<ScreeningFacts>, string]>([
    [
      "hours, by the clock of the person",
      {
        kind: "hours",
        id: "hours-1",
        ...everywhere,
        windows: [{ days: ["MO"], from: "10:00", to: "12:00" }],
        holidaysClosed: false,
      },
      { at: hoursAfter(2) },
      { at: monday },
      "outside-calling-hours",
    ],
    [
      "closed days",
      {
        kind: "closed-days",
        id: "closed-days-1",
        ...everywhere,
        first: "2026-03-02",
        last: "2026-03-03",
      },
      { at: monday },
      { at: daysAfter(2) },
      "day-not-allowed",
    ],
    [
      "a cap over all callers",
      { kind: "cap", id: "cap-1", ...everywhere, calls: 2, days: 7 },
      { calls: [daysAfter(-1), daysAfter(-6)] },
      { calls: [daysAfter(-1), daysAfter(-8)] },
      "frequency-cap",
    ],
    [
      "a cap for some purposes",
      { kind: "cap", id: "cap-1", ...everywhere, purposes: ["promotional"], calls: 1, days: 7 },
      { calls: [daysAfter(-1)] },
      { calls: [daysAfter(-1)], purpose: { key: "marketing", kind: "service" } },
      "frequency-cap",
    ],
    [
      "the age of consents",
      { kind: "consent-age", id: "consent-age-1", ...everywhere, months: 3 },
      { consents: [aGrant({ at: daysAfter(-100) })] },
      { consents: [aGrant({ at: daysAfter(-80) })] },
      "consent-expired",
    ],
    [
      "time after a refusal",
      { kind: "cool-off", id: "cool-off-1", ...everywhere, days: 60 },
      {
        consents: [
          aGrant({ type: "withdrawn", at: daysAfter(-59) }),
          aGrant({ at: daysAfter(-1) }),
        ],
      },
      {
        consents: [
          aGrant({ type: "withdrawn", at: daysAfter(-62) }),
          aGrant({ at: daysAfter(-1) }),
        ],
      },
      "consent-withdrawn",
    ],
    [
      "the proof of consents",
      { kind: "proof", id: "proof-1", ...everywhere, written: true, elements: ["signature"] },
      { consents: [aGrant({ elements: ["purpose"] })] },
      { consents: [aGrant({ elements: ["signature"] })] },
      "consent-insufficient",
    ],
    [
      "dialers",
      { kind: "dialer", id: "dialer-1", ...everywhere, dialers: ["live_agent"] },
      {},
      { dialer: "predictive", consents: [aGrant({ channels: ["voice_autodialed"] })] },
      "dialer-not-allowed",
    ],
    [
      "registries, whatever the person agreed to",
      {
        kind: "registry",
        id: "registry-1",
        ...everywhere,
        registry: "US-FTC-DNC",
        maxAgeDays: null,
      },
      {
        registries: [
          {
            registry: "US-FTC-DNC",
            maxAgeDays: 31,
            edition: { number: 1, verifiedAt: daysAfter(-1), listsPhone: true, listedSince: null },
          },
        ],
      },
      {},
      "registry-listed",
    ],
  ])("refuses by %s, and allows beside it", (_, rule, refused, allowed, reason) => {
    const [outside, inside] = [refused, allowed].map((spoilt) => ({ ...clearFacts, ...spoilt }));
    if (outside === undefined || inside === undefined) throw new Error("no facts");
    expect(listReasons(outside)).toEqual([]);
    expect(listReasons(underRules(outside, rule))).toEqual([[reason, `policy.${rule.id}`]]);
    expect(listReasons(inside).filter(([, by]) => by?.startsWith("policy.") === true)).toEqual([]);
    expect(listReasons(underRules(inside, rule))).toEqual(listReasons(inside));
  });

  it("asks for consent where neither the law nor the seller does", () => {
    const facts: ScreeningFacts = {
      ...clearFacts,
      lineType: "landline",
      consents: [],
      seller: { ...clearFacts.seller, consentPolicy: "opt_out_with_registry" },
    };
    expect(listReasons(facts)).toEqual([]);
    const rule: PolicyRule = { kind: "consent", id: "consent-1", ...everywhere };
    expect(listReasons(underRules(facts, rule))).toEqual([["consent-missing", "policy.consent-1"]]);
    const elsewhere = { ...rule, places: ["DE"] };
    expect(listReasons(underRules(facts, elsewhere))).toEqual([]);
  });

  it("says that it is the organization's own rule, and cites no law", () => {
    const rule: PolicyRule = { kind: "cap", id: "cap-1", ...everywhere, calls: 1, days: 30 };
    const { refusals } = screen(underRules({ ...clearFacts, calls: [daysAfter(-1)] }, rule));
    expect(refusals).toMatchObject([{ message: { values: { mark: "P" } } }]);
    expect(refusals[0]).not.toHaveProperty("citation");
    const hours: PolicyRule = {
      kind: "hours",
      id: "hours-1",
      ...everywhere,
      windows: [{ days: ["MO"], from: "11:00", to: "12:00" }],
      holidaysClosed: false,
    };
    const [reason] = screen(underRules(clearFacts, hours)).refusals;
    expect(reason).toMatchObject({ rule: "policy.hours-1", message: { values: { mark: "P" } } });
    expect(reason).not.toHaveProperty("citation");
  });

  it("never counts as one of the law: an officer cannot let it warn", () => {
    const rule: PolicyRule = {
      kind: "dialer",
      id: "dialer-1",
      ...everywhere,
      dialers: ["live_agent"],
    };
    const facts = underRules(clearFacts, rule);
    const eased = { ...facts, policy: { ...facts.policy, warnOnly: new Set(["policy.dialer-1"]) } };
    expect(listReasons(eased)).toEqual([["dialer-not-allowed", "policy.dialer-1"]]);
    expect(toRules(bundledRuleBook, createPolicy(rule)).every(mayRefuse)).toBe(true);
  });
});

describe("policies", () => {
  const rule: PolicyRule = {
    kind: "dialer",
    id: "dialer-1",
    ...everywhere,
    dialers: ["live_agent"],
  };

  it("belong to the organization or to one seller", () => {
    const [all, a] = [createPolicy(rule), { ...createPolicy(rule), sellerId: sellerA }];
    expect(selectPolicies([all, a], sellerA)).toEqual([all, a]);
    expect(selectPolicies([all, a], sellerB)).toEqual([all]);
    expect(selectPolicies([createPolicy()], sellerA)).toEqual([]);
  });

  it("are named by their hashes with what a verdict rests on", () => {
    expect(toChecked(underRules(clearFacts, rule)).policies).toEqual([createPolicy(rule).hash]);
    expect(toChecked(clearFacts)).not.toHaveProperty("policies");
  });

  it("name the consent that is good enough for them", () => {
    const [old, signed] = [
      aGrant({ at: daysAfter(-1) }),
      aGrant({ at: daysAfter(-2), elements: ["signature"] }),
    ];
    const proof: PolicyRule = {
      kind: "proof",
      id: "proof-1",
      ...everywhere,
      written: false,
      elements: ["signature"],
    };
    const facts = underRules({ ...clearFacts, consents: [old, signed] }, proof);
    expect(screen(facts).verdict).toBe("allow");
    expect(toChecked(facts).consent?.since).toEqual(signed.at);
  });

  it("have rules in every country, and so in its parts, but not in unions of countries", () => {
    const places = toRules(bundledRuleBook, createPolicy(rule)).map(
      ({ jurisdiction }) => jurisdiction,
    );
    expect(places).toEqual(expect.arrayContaining(["US", "DE", "FR", "RU"]));
    expect(places).not.toContain("EU");
    expect(places).not.toContain("US-FL");
    expect(new Set(places).size).toBe(places.length);
  });

  it("give the same book for the same rules", () => {
    expect(addOwnRules(bundledRuleBook, [createPolicy(rule)])).toBe(
      addOwnRules(bundledRuleBook, [createPolicy(rule)]),
    );
  });

  it("are read back from their text, and refused if the text is another", () => {
    const { document, hash: own } = serializePolicy([rule]);
    expect(parsePolicy(own, document)).toEqual([rule]);
    expect(() => parsePolicy(own, document.replace("live_agent", "predictive"))).toThrow("changed");
    expect(nameRule("dialer", [rule])).toBe("dialer-2");
    expect(nameRule("cap", [rule])).toBe("cap-1");
  });
});

describe("a rule whose place the law data no longer has", () => {
  const without = (...gone: readonly string[]) => ({
    ...bundledRuleBook,
    jurisdictions: new Map([...bundledRuleBook.jurisdictions].filter(([id]) => !gone.includes(id))),
    rules: bundledRuleBook.rules.filter(({ jurisdiction }) => !gone.includes(jurisdiction)),
  });
  const dialer = (...places: string[]): PolicyRule => ({
    kind: "dialer",
    id: "dialer-1",
    ...everywhere,
    places,
    dialers: ["live_agent"],
  });
  const listPlaces = (book: typeof bundledRuleBook, rule: PolicyRule) =>
    toRules(book, createPolicy(rule)).map(({ jurisdiction }) => jurisdiction);

  it("applies to its country, or to all countries, and is reported to officers", () => {
    expect(listPlaces(without("US-FL"), dialer("US-FL", "DE"))).toEqual(["US", "DE"]);
    const everywhereElse = listPlaces(without("FR"), dialer("FR"));
    expect(everywhereElse).toEqual(expect.arrayContaining(["US", "DE", "RU"]));
    const policy = createPolicy(dialer("US-FL", "FR", "DE"));
    expect(listUnknownNames(without("FR", "US-FL"), [policy])).toEqual(["FR", "US-FL"]);
    expect(listUnknownNames(bundledRuleBook, [policy])).toEqual([]);
  });

  it("requires a registry everywhere once no law names it", () => {
    const rule: PolicyRule = {
      kind: "registry",
      id: "registry-1",
      ...everywhere,
      registry: "XX-GONE",
      maxAgeDays: null,
    };
    expect(listPlaces(bundledRuleBook, rule)).toEqual(expect.arrayContaining(["US", "DE"]));
    expect(listUnknownNames(bundledRuleBook, [createPolicy(rule)])).toEqual(["XX-GONE"]);
  });
});
