import fc from "fast-check";
import { expect, it } from "vitest";
import { aGrant, clearFacts } from "../../../testing/facts.ts";
import { Dialer } from "../../account/organization/index.ts";
import { PurposeKind } from "../../account/purpose/index.ts";
import { findWhereabouts, bundledRuleBook } from "../../people/jurisdiction/index.ts";
import {
  CalledParty,
  Channel,
  LineType,
  listRegionZones,
  lookUpPlan,
  readPhone,
  toDigits,
} from "../../people/phone/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import { listRefusals, runChecks } from "./screen.ts";

/** A number of every place that has a rule which may refuse. */
const plans = [
  ...new Set(
    [...bundledRuleBook.examples.values()].flatMap((pair) => pair.map(({ phone }) => phone)),
  ),
].map((text) => {
  const read = readPhone(text, "US");
  if ("fault" in read) throw new Error(`${text} is no number`);
  return lookUpPlan(toDigits(read.phone));
});

/** Every place with rules, and every state that a rule of a country names. */
const regions = [
  ...new Set([
    ...bundledRuleBook.jurisdictions.keys(),
    ...bundledRuleBook.rules.flatMap(({ jurisdiction, when }) =>
      (when.state ?? []).map((state) => `${jurisdiction}-${state}`),
    ),
  ]),
].filter((region) => region !== "EU");

const zones = [...new Set(regions.flatMap((region) => listRegionZones(region)))];

const aHome = fc.record({
  region: fc.option(fc.constantFrom(...regions)),
  zone: fc.option(fc.constantFrom(...zones)),
});

const aCall: fc.Arbitrary<ScreeningFacts> = fc
  .record({
    plan: fc.constantFrom(...plans),
    homes: fc.array(aHome, { maxLength: 3 }),
    at: fc.date({ min: new Date("2025-01-02"), max: new Date("2027-12-30"), noInvalidDate: true }),
    dialer: fc.constantFrom(...Dialer.options),
    kind: fc.constantFrom(...PurposeKind.options),
    lineType: fc.constantFrom(...LineType.options),
    calledParty: fc.constantFrom(...CalledParty.options),
    consentPolicy: fc.constantFrom("opt_in", "opt_out_with_registry"),
    isConsented: fc.boolean(),
  })
  .map(({ plan, homes, kind, consentPolicy, isConsented, ...call }) => ({
    ...clearFacts,
    ...call,
    ...findWhereabouts(bundledRuleBook, plan, homes),
    isWhatIf: true,
    purpose: { key: "marketing", kind },
    seller: { ...clearFacts.seller, consentPolicy },
    consents: isConsented
      ? [aGrant({ at: new Date("2025-01-01"), channels: [...Channel.options] })]
      : [],
    registries: [],
    policy: { ...clearFacts.policy, hours: aroundTheClock },
  }));

const aroundTheClock: ScreeningFacts["policy"]["hours"] = {
  windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], from: "00:00", to: "24:00" }],
  holidaysClosed: false,
};

const listReasons = (facts: ScreeningFacts) =>
  listRefusals(runChecks(facts)).map(({ reason }) => reason);

/** Splits a call into one for each of its places alone, by each of its clocks alone. */
const splitByPlaceAndClock = (facts: ScreeningFacts): ScreeningFacts[] =>
  facts.jurisdictions.flatMap((place) =>
    facts.zones.map((zone) => ({ ...facts, jurisdictions: [place], zones: [zone] })),
  );

/** A verdict has one reason at most about consent, and one about hours. */
const toTopic = (reason: string) => {
  if (reason.startsWith("consent-")) return "consent";
  return reason === "outside-calling-hours" || reason === "day-not-allowed" ? "hours" : reason;
};

it("refuses a call that any of its places refuses at any of its clocks, for the same reasons", () => {
  fc.assert(
    fc.property(aCall, (facts) => {
      const apart = splitByPlaceAndClock(facts).flatMap(listReasons);
      const together = new Set(listReasons(facts).map(toTopic));
      expect(apart.map(toTopic).filter((topic) => !together.has(topic))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

it("closes no hour that all of its places open at all of its clocks", () => {
  fc.assert(
    fc.property(aCall, (facts) => {
      fc.pre(facts.jurisdictions.length > 0 && facts.zones.length > 0);
      const isClosed = (one: ScreeningFacts) => listReasons(one).map(toTopic).includes("hours");
      expect(isClosed(facts)).toBe(splitByPlaceAndClock(facts).some(isClosed));
    }),
    { numRuns: 2_000 },
  );
});

it("calls nobody whose place or clock is unknown", () => {
  fc.assert(
    fc.property(aCall, (facts) => {
      expect(listReasons({ ...facts, zones: [] })).toContain("zone-unknown");
      expect(listReasons({ ...facts, jurisdictions: [] })).toContain("jurisdiction-unknown");
    }),
    { numRuns: 200 },
  );
});
