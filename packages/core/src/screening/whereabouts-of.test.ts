import { expect, it } from "vitest";
import { ruleBook } from "../jurisdiction/index.ts";
import { digitsOf, Phone, planOf, zonesOfRegion } from "../phone/index.ts";
import { type Home, whereaboutsOf } from "./whereabouts-of.ts";

const whereaboutsBy = (phone: string, homes: readonly Home[]) =>
  whereaboutsOf(planOf(digitsOf(Phone.parse(phone))), homes);

/** Of a number whose people say of their addresses what is given. */
const whereabouts = (phone: string, ...regions: (string | null)[]) =>
  whereaboutsBy(
    phone,
    regions.map((region) => ({ zone: null, region })),
  );

/** Of a number of New York whose person's zone was set to Tokyo's. */
const inTokyo = (region: string | null) =>
  whereaboutsBy("+12125550142", [{ zone: "Asia/Tokyo", region }]);

const rio = "+5521998765432";
const newYork = "+12125550142";
const moscow = "+79161234567";
const london = "+442071838750";
const sydneyMobile = "+61491570156";
const tollFree = "+18005550142";
/** Of the United States, and of none of them. */
const nowhereInUs = "+15825550105";

const statesOfUs = [...ruleBook.jurisdictions.keys()].filter((id) => id.startsWith("US-"));

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

it("goes by the area code and by the address, where these differ", () => {
  expect(whereabouts(rio, "BR-SP")).toMatchObject({ states: ["RJ", "SP"] });
  expect(whereabouts(newYork, "US-FL")).toMatchObject({
    jurisdictions: ["US-NY", "US-FL"],
    states: ["NY", "FL"],
  });
  expect(whereabouts(newYork, "US-HI")).toEqual({
    jurisdictions: ["US-NY", "US"],
    states: ["NY", "HI"],
    zones: ["America/New_York", "Pacific/Honolulu"],
  });
  expect(whereabouts(london, "BR-SP")).toEqual({
    jurisdictions: ["GB", "BR"],
    states: ["SP"],
    zones: ["Europe/London", "America/Sao_Paulo"],
  });
  const { states, zones } = whereabouts(moscow, "BR");
  expect({ states, zones }).toEqual({
    states: [],
    zones: ["Europe/Moscow", ...zonesOfRegion("BR")],
  });
});

it("takes a zone that somebody has set beside those of the number and of the address, for none of them", () => {
  expect(inTokyo(null).zones).toEqual(["America/New_York", "Asia/Tokyo"]);
  expect(inTokyo("US-HI").zones).toEqual(["America/New_York", "Asia/Tokyo", "Pacific/Honolulu"]);
  expect(inTokyo("US-HI").jurisdictions).toEqual(["US-NY", "US"]);
});

it("keeps every zone that a number may be in, whatever the address", () => {
  const { zones } = planOf(digitsOf(Phone.parse(sydneyMobile)));
  expect(zones.length).toBeGreaterThan(1);
  expect(whereabouts(sydneyMobile, "AU-NSW").zones).toEqual(expect.arrayContaining([...zones]));
});

it("asks a country where the plan knows no zone", () => {
  expect(whereabouts(tollFree)).toMatchObject({ states: [], zones: [] });
  expect(whereabouts(tollFree, "US").zones).toEqual(zonesOfRegion("US"));
});

it("goes by every state that has rules where the state is not known", () => {
  expect(whereabouts(nowhereInUs).jurisdictions).toEqual([...statesOfUs, "US"]);
  expect(whereabouts(london, "US").jurisdictions).toEqual(["GB", ...statesOfUs, "US"]);
  expect(whereabouts(newYork, "US").jurisdictions).toEqual(["US-NY"]);
  expect(whereabouts(nowhereInUs, "US-TX").jurisdictions).toEqual(["US-TX"]);
  // A state without rules of its own is a known one.
  expect(whereabouts(nowhereInUs, "US-GA").jurisdictions).toEqual(["US"]);
});

it("of a shared phone knows what holds for each, and no state if that of one is unknown", () => {
  expect(whereabouts(newYork, "US-TX", null).states).toEqual(["NY", "TX"]);
  expect(whereabouts(newYork, "US-TX", "US").states).toEqual(["NY", "TX"]);
  expect(whereabouts(newYork, "US-TX", "BR").states).toEqual([]);
  expect(whereabouts(nowhereInUs, "US-TX", null).jurisdictions).toEqual([
    "US-TX",
    ...statesOfUs.filter((state) => state !== "US-TX"),
    "US",
  ]);
});

it("of a shared phone knows no zone if that of one is unknown", () => {
  const tokyo = { zone: "Asia/Tokyo", region: null };
  expect(whereaboutsBy(nowhereInUs, [tokyo]).zones).toEqual(["Asia/Tokyo"]);
  expect(whereaboutsBy(nowhereInUs, [tokyo, { zone: null, region: null }]).zones).toEqual([]);
  // Of islands whose clock is in no table.
  expect(whereabouts(nowhereInUs, "US-UM").zones).toEqual([]);
});
