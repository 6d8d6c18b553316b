import { expect, it } from "vitest";
import { daysAfter } from "../../../testing/facts.ts";
import { isInForceAt } from "./suppression.ts";

const suppression = { reason: "litigator", at: daysAfter(0), until: daysAfter(2) } as const;

it.each([
  [-1, false],
  [0, true],
  [1, true],
  [2, false],
])("on day %d of two days: %s", (day, expected) => {
  expect(isInForceAt(suppression, daysAfter(day))).toBe(expected);
});

it("is in force forever without an end", () => {
  expect(isInForceAt({ ...suppression, until: null }, daysAfter(10_000))).toBe(true);
});
