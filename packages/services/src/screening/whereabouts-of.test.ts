import { digitsOf, Phone, planOf, zonesOfRegion } from "@ringfence/core/phone";
import { expect, it } from "vitest";
import { whereaboutsOf } from "./whereabouts-of.ts";

/** Of a number whose people say of their addresses what is given. */
const whereabouts = (phone: string, ...regions: (string | null)[]) =>
  whereaboutsOf(
    planOf(digitsOf(Phone.parse(phone))),
    regions.map((region) => ({ zone: null, region })),
  );

const rio = "+5521998765432";
const newYork = "+12125550142";
const moscow = "+79161234567";
const tollFree = "+18005550142";

it.each([
  ["no contact", []],
  ["a contact without an address", [null]],
  ["an address that names the number's own country alone", ["BR"]],
])("goes by the area code with %s", (_, regions) => {
  const { states, zones } = whereabouts(rio, ...regions);
  expect({ states, zones }).toEqual({ states: ["RJ"], zones: ["America/Sao_Paulo"] });
});

it.each([
  [newYork, "US"],
  [moscow, "RU"],
])("of %s in %s knows the one zone that the numbering plan does", (phone, country) => {
  const ofPlan = planOf(digitsOf(Phone.parse(phone)));
  expect(whereabouts(phone, country)).toMatchObject({
    states: ofPlan.regions.map((region) => region.split("-")[1]),
    zones: ofPlan.zones,
  });
  expect(ofPlan.zones).toHaveLength(1);
});

it("goes by the address where it names a part of the country, or another country", () => {
  expect(whereabouts(rio, "BR-SP")).toMatchObject({ states: ["SP"] });
  expect(whereabouts(newYork, "US-HI")).toEqual({
    jurisdictions: ["US-NY", "US"],
    states: ["HI"],
    zones: ["Pacific/Honolulu"],
  });
  const { states, zones } = whereabouts(moscow, "BR");
  expect({ states, zones }).toEqual({ states: [], zones: zonesOfRegion("BR") });
});

it("asks a country where the plan knows no zone", () => {
  expect(whereabouts(tollFree)).toMatchObject({ states: [], zones: [] });
  expect(whereabouts(tollFree, "US").zones).toEqual(zonesOfRegion("US"));
});

it("of a shared phone knows what holds for each, and no state if that of one is unknown", () => {
  expect(whereabouts(newYork, "US-TX", null).states).toEqual(["TX", "NY"]);
  expect(whereabouts(newYork, "US-TX", "US").states).toEqual(["TX", "NY"]);
  expect(whereabouts(newYork, "US-TX", "BR").states).toEqual([]);
});
