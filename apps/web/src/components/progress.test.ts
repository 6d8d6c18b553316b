import { expect, it } from "vitest";
import { roundRemainingTime, percentDone } from "./progress";

it.each([
  [null, "none", 0],
  [0, "seconds", 0],
  [89, "seconds", 89],
  [90, "minutes", 2],
  [3_601, "minutes", 61],
])("formats %s seconds in %s", (seconds, unit, left) => {
  expect(roundRemainingTime(seconds)).toEqual({ unit, left });
});

it("returns the percentage done, and null if the total is unknown", () => {
  expect(percentDone({ rows: 1, bytes: 199, totalBytes: 1_000 })).toBe(19);
  expect(percentDone({ rows: 1, bytes: 199 })).toBeNull();
  expect(percentDone({ rows: 0, bytes: 0, totalBytes: 0 })).toBeNull();
  expect(percentDone(null)).toBeNull();
});
