import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { expect, it } from "vitest";
import table from "../../../data/phone/places.json" with { type: "json" };
import { validDigits } from "../../../testing/phones.ts";
import { isAddressRegion } from "./address-region.ts";
import { lookUpPlan } from "./numbering-plan.ts";

/** Valid numbers as libphonenumber reads them, without a trunk prefix. */
const numbers = validDigits.map((digits) => parsePhoneNumberFromString(`+${digits}`));
const lineTypes = new Map([
  ["FIXED_LINE", "landline"],
  ["MOBILE", "wireless"],
  ["VOIP", "voip"],
]);

it("finds the same line type as libphonenumber", () => {
  fc.assert(
    fc.property(numbers, (number) => {
      const plan = lookUpPlan(Number(number?.number.slice(1)));
      expect(plan.lineType).toBe(lineTypes.get(number?.getType() ?? "") ?? "unknown");
    }),
    { numRuns: 1000 },
  );
});

// Under +1, territories of the US are its states here, and what all share is of no country.
const numbersWithCountry = numbers.filter((number) => number?.countryCallingCode !== "1");

it("finds the same country as libphonenumber", () => {
  fc.assert(
    fc.property(numbersWithCountry, (number) => {
      const { country } = lookUpPlan(Number(number?.number.slice(1)));
      expect(country).toBe(number?.country ?? null);
    }),
    { numRuns: 1000 },
  );
});

it("gives equal plans as one object", () => {
  const plans = new Map<string, object>();
  fc.assert(
    fc.property(numbers, (number) => {
      const plan = lookUpPlan(Number(number?.number.slice(1)));
      const key = JSON.stringify(plan);
      expect(plans.get(key) ?? plan).toBe(plan);
      plans.set(key, plan);
    }),
    { numRuns: 1000 },
  );
});

it("contains every place once, with existing zones and regions of ISO 3166-2", () => {
  expect(new Set(table.places.map((place) => JSON.stringify(place))).size).toBe(
    table.places.length,
  );
  for (const { regions, zones } of table.places) {
    expect(regions.filter((region) => !isAddressRegion(region))).toEqual([]);
    for (const timeZone of zones)
      expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  }
});
