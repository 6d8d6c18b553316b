import { expect, it } from "vitest";
import { isAddressRegion, listRegionsIn, mayOverlap } from "./address-region.ts";

it.each([
  ["ES", true],
  ["ES-CT", true],
  ["ES-B", true],
  ["ES-", false],
  ["ES-XX", false],
  ["XX", false],
  ["es-b", false],
])("knows whether %s is a region of ISO 3166: %s", (code, expected) => {
  expect(isAddressRegion(code)).toBe(expected);
});

it.each([
  ["ES-B", "ES-B", true],
  ["ES-B", "ES-CT", true],
  ["ES-CT", "ES-B", true],
  ["ES", "ES-B", true],
  ["ES-B", "ES-T", false],
  ["ES-B", "ES-MD", false],
  // The table does not say that these lie in each other.
  ["GB-EDH", "GB-SCT", true],
  ["GB-LND", "GB-EAW", true],
  ["BE-VAN", "BE-VLG", true],
  ["DE-BY", "DE-BE", false],
  // The same letters, in another country.
  ["IT-CT", "ES-CT", false],
])("says whether a person in %s may be in %s: %s", (one, other, expected) => {
  expect(mayOverlap(one, other)).toBe(expected);
});

it("lists the regions directly in another", () => {
  expect(listRegionsIn("ES-CT")).toEqual(["ES-B", "ES-GI", "ES-L", "ES-T"]);
  expect(listRegionsIn("ES")).not.toContain("ES-B");
});
