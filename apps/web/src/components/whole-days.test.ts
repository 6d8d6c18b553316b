import { expect, it } from "vitest";
import { wholeDays } from "./whole-days";

it.each([
  [0.2, 31, 0],
  [30.99, 31, 30],
  [31, 31, 31],
  [31.01, 31, 32],
  [64.01, 60, 64],
  [0.01, 0, 1],
])("tells %d days of %d as %d", (age, limit, told) => {
  expect(wholeDays(age, limit)).toBe(told);
});
