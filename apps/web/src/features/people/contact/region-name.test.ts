import { expect, it } from "vitest";
import { regionName } from "./region-name";

it.each([
  ["en", "US-TX", "TX, United States"],
  ["ru", "RU", "Россия"],
  ["en", "ZZ-1", "1, Unknown Region"],
])("in %s %s is %s", (locale, region, name) => {
  expect(regionName(locale, region)).toBe(name);
});
