import { expect, it } from "vitest";
import { inUnits, percentOf } from "./pace";

it.each([
  [null, "none", 0],
  [0, "seconds", 0],
  [89, "seconds", 89],
  [90, "minutes", 2],
  [3_601, "minutes", 61],
])("tells %s seconds in %s", (seconds, unit, left) => {
  expect(inUnits(seconds)).toEqual({ unit, left });
});

it("tells the share that is done, and none where the whole is not known", () => {
  expect(percentOf({ rows: 1, bytes: 199, totalBytes: 1_000 })).toBe(19);
  expect(percentOf({ rows: 1, bytes: 199 })).toBeNull();
  expect(percentOf({ rows: 0, bytes: 0, totalBytes: 0 })).toBeNull();
  expect(percentOf(null)).toBeNull();
});
