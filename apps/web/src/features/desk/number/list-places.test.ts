import { expect, it } from "vitest";
import { Phone } from "@ringfence/core/people/phone";
import { listPlaces } from "./list-places";

const dallas = Phone.parse("+12145550142");
const tollFree = Phone.parse("+80012345678");

it.each<[string, Phone, string[], ReturnType<typeof listPlaces>]>([
  ["the number alone", dallas, [], { places: ["US-TX"], source: "fromNumber" }],
  ["both", dallas, ["US-NY"], { places: ["US-TX", "US-NY"], source: "fromBoth" }],
  ["an address alone", tollFree, ["US-NY"], { places: ["US-NY"], source: "fromAddress" }],
  ["neither", tollFree, [], { places: [], source: "fromNumber" }],
])("names the source of places: %s", (_, phone, addresses, expected) => {
  const contacts = addresses.map((addressRegion) => ({ addressRegion }));
  expect(listPlaces(contacts, phone)).toEqual(expected);
});
