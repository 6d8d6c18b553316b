import { expect, it } from "vitest";
import { jurisdictionOf } from "./jurisdiction-of.ts";
import { withParents } from "./with-parents.ts";

it.each([
  ["US-TX", "US-TX"],
  ["US-CA", "US"],
  ["US", "US"],
  ["DE-BY", "DE"],
  ["RU-SVE", "RU"],
  ["JM", null],
  ["", null],
])("%s is judged by the rules of %s", (region, expected) => {
  expect(jurisdictionOf(region)).toBe(expected);
});

it.each([
  [["US-TX"], ["US-TX", "US"]],
  [
    ["US-TX", "US-FL"],
    ["US-TX", "US", "US-FL"],
  ],
  [
    ["FR", "RU"],
    ["FR", "EU", "RU"],
  ],
  [
    ["US", "US-TX"],
    ["US", "US-TX"],
  ],
  [[], []],
])("puts beside %j the places that they lie in: %j", (ids, expected) => {
  expect(withParents(ids)).toEqual(expected);
});
