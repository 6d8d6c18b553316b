import { expect, it } from "vitest";
import { Phone, listRegionZones, lookUpPlan, toDigits } from "../phone/index.ts";
import { bundledRuleBook } from "./rule-book.ts";
import { type Home, findWhereabouts } from "./whereabouts.ts";

const whereaboutsBy = (phone: string, homes: readonly Home[]) =>
  findWhereabouts(bundledRuleBook, lookUpPlan(toDigits(Phone.parse(phone))), homes);

/** Whereabouts of a number whose people have these addresses, and no zone. */
const whereabouts = (phone: string, ...regions: (string | null)[]) =>
  whereaboutsBy(
    phone,
    regions.map((region) => ({ zone: null, region })),
  );

/** Whereabouts of a New York number whose person's zone was set to Tokyo. */
const inTokyo = (region: string | null) =>
  whereaboutsBy("+12125550142", [{ zone: "Asia/Tokyo", region }]);

const rio = "+5521998765432";
const newYork = "+12125550142";
const moscow = "+79161234567";
const london = "+442071838750";
const sydneyMobile = "+61491570156";
const tollFree = "+18005550142";
/** A number of the United States whose state is unknown. */
const nowhereInUs = "+15825550105";

const statesOfUs = [...bundledRuleBook.jurisdictions.keys()].filter((id) => id.startsWith("US-"));

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
])("uses the one zone of the numbering plan for %s in %s", (phone, country) => {
  const ofPlan = lookUpPlan(toDigits(Phone.parse(phone)));
  expect(whereabouts(phone, country)).toMatchObject({
    states: ofPlan.regions.map((region) => region.split("-")[1]),
    zones: ofPlan.zones,
  });
  expect(ofPlan.zones).toHaveLength(1);
});

it("uses both the area code and the address if they differ", () => {
  expect(whereabouts(rio, "BR-SP")).toMatchObject({ states: ["RJ", "SP"] });
  expect(whereabouts(newYork, "US-FL")).toMatchObject({
    jurisdictions: ["US-NY", "US-FL"],
    states: ["NY", "FL"],
  });
  expect(whereabouts(newYork, "US-HI")).toEqual({
    jurisdictions: ["US-NY", "US"],
    states: ["NY", "HI"],
    regions: ["US-NY", "US-HI"],
    zones: ["America/New_York", "Pacific/Honolulu"],
  });
  expect(whereabouts(london, "BR-SP")).toEqual({
    jurisdictions: ["GB", "BR"],
    states: ["SP"],
    regions: ["GB", "BR-SP"],
    zones: ["Europe/London", "America/Sao_Paulo"],
  });
  const { states, zones } = whereabouts(moscow, "BR");
  expect({ states, zones }).toEqual({
    states: [],
    zones: ["Europe/Moscow", ...listRegionZones("BR")],
  });
});

it("adds a zone that somebody set to the zones of the number and of the address", () => {
  expect(inTokyo(null).zones).toEqual(["America/New_York", "Asia/Tokyo"]);
  expect(inTokyo("US-HI").zones).toEqual(["America/New_York", "Asia/Tokyo", "Pacific/Honolulu"]);
  expect(inTokyo("US-HI").jurisdictions).toEqual(["US-NY", "US"]);
});

it("keeps every zone of the number, whatever the address", () => {
  const { zones } = lookUpPlan(toDigits(Phone.parse(sydneyMobile)));
  expect(zones.length).toBeGreaterThan(1);
  expect(whereabouts(sydneyMobile, "AU-NSW").zones).toEqual(expect.arrayContaining([...zones]));
});

it("uses the zones of the country if the numbering plan knows none", () => {
  expect(whereabouts(tollFree)).toMatchObject({ states: [], zones: [] });
  expect(whereabouts(tollFree, "US").zones).toEqual(listRegionZones("US"));
});

it("uses every state that has rules if the state is not known", () => {
  expect(whereabouts(nowhereInUs).jurisdictions).toEqual([...statesOfUs, "US"]);
  expect(whereabouts(london, "US").jurisdictions).toEqual(["GB", ...statesOfUs, "US"]);
  expect(whereabouts(newYork, "US").jurisdictions).toEqual(["US-NY"]);
  expect(whereabouts(nowhereInUs, "US-TX").jurisdictions).toEqual(["US-TX"]);
  // Georgia has no rules of its own, but the state is known.
  expect(whereabouts(nowhereInUs, "US-GA").jurisdictions).toEqual(["US"]);
});

it("combines the states of all who share a phone, and has none if one is unknown", () => {
  expect(whereabouts(newYork, "US-TX", null).states).toEqual(["NY", "TX"]);
  expect(whereabouts(newYork, "US-TX", "US").states).toEqual(["NY", "TX"]);
  expect(whereabouts(newYork, "US-TX", "BR").states).toEqual([]);
  expect(whereabouts(nowhereInUs, "US-TX", null).jurisdictions).toEqual([
    "US-TX",
    ...statesOfUs.filter((state) => state !== "US-TX"),
    "US",
  ]);
});

it("has no zone if that of one who shares the phone is unknown", () => {
  const tokyo = { zone: "Asia/Tokyo", region: null };
  expect(whereaboutsBy(nowhereInUs, [tokyo]).zones).toEqual(["Asia/Tokyo"]);
  expect(whereaboutsBy(nowhereInUs, [tokyo, { zone: null, region: null }]).zones).toEqual([]);
  // Islands whose zone is in no table.
  expect(whereabouts(nowhereInUs, "US-UM").zones).toEqual([]);
});
