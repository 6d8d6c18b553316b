import { expect, it } from "vitest";
import { nextPause } from "./keep-running.ts";

it("doubles the pause of a part that ends again and again, up to a minute", () => {
  const pauses: number[] = [];
  for (let n = 0; n < 9; n++) pauses.push(nextPause(pauses.at(-1) ?? null, 0.5));
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

it("resets the pause of a part that ran for a minute", () => {
  expect(nextPause(60, 59)).toBe(60);
  expect(nextPause(60, 60)).toBe(1);
});
