import fc from "fast-check";
import { expect, it } from "vitest";
import { someFacts } from "../../../testing/arbitraries.ts";
import { type Home, findWhereabouts } from "../../people/jurisdiction/index.ts";
import { Phone, lookUpPlan, toDigits } from "../../people/phone/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import { runChecks, listRefusals } from "./screen.ts";

const phones = ["+12125550142", "+13055550142", "+12145550142", "+442071838750", "+5521998765432"];
const aPlan = fc.constantFrom(...phones).map((phone) => lookUpPlan(toDigits(Phone.parse(phone))));
const aHome: fc.Arbitrary<Home> = fc.record({
  zone: fc.constantFrom(null, "America/Chicago", "Asia/Tokyo", "UTC"),
  region: fc.constantFrom(null, "US", "US-HI", "US-NJ", "US-TX", "GB", "BR", "BR-SP", "IT"),
});

const allows = (facts: ScreeningFacts) => listRefusals(runChecks(facts)).length === 0;

it("never allows what the number alone refuses, whatever address people give", () => {
  fc.assert(
    fc.property(someFacts, aPlan, fc.array(aHome, { maxLength: 3 }), (facts, plan, homes) => {
      const byNumber = { ...facts, ...findWhereabouts(facts.law, plan, []) };
      const byAll = { ...facts, ...findWhereabouts(facts.law, plan, homes) };
      expect(allows(byAll) && !allows(byNumber)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

it("never allows what the address refuses, whatever zone is set", () => {
  fc.assert(
    fc.property(someFacts, aPlan, aHome, (facts, plan, home) => {
      const byAddress = {
        ...facts,
        ...findWhereabouts(facts.law, plan, [{ ...home, zone: null }]),
      };
      const byAll = { ...facts, ...findWhereabouts(facts.law, plan, [home]) };
      expect(allows(byAll) && !allows(byAddress)).toBe(false);
    }),
    { numRuns: 500 },
  );
});
