import { expect, it } from "vitest";
import { findHeavyLimits } from "./limit-heavy.ts";

it.each([
  [5, { total: 1, ofOne: 1 }],
  [10, { total: 6, ofOne: 4 }],
  [20, { total: 16, ofOne: 11 }],
])("leaves four connections of a pool of %i to small requests", (poolSize, limits) => {
  expect(findHeavyLimits(poolSize)).toEqual(limits);
});
