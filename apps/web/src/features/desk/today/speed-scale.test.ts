import { expect, it } from "vitest";
import { toScale } from "./speed-scale";

it("reaches a second, or further if something was slower", () => {
  expect(toScale(40).ticks).toEqual([1, 10, 100, 1_000]);
  expect(toScale(86_400_000).ticks).toEqual([1, 100, 10_000, 1_000_000, 100_000_000]);
});

it("keeps the order and its width, with values below a millisecond at its start", () => {
  const { toX, width } = toScale(5_000);
  const places = [0, 1, 40, 400, 5_000].map(toX);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBe(toX(1));
  expect(places.at(-1)).toBeLessThan(width);
});
