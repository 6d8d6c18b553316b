import { bundledRuleBook, listCoverage } from "@ringfence/core/people/jurisdiction";
import { expect, it } from "vitest";
import { drawWorld } from "./country-shapes";

const known = listCoverage(bundledRuleBook, []).map(({ country }) => country);

it("draws every country that has rules, and small ones as dots", () => {
  const { shapes } = drawWorld(known);
  const drawn = new Set(shapes.map(({ country }) => country));
  expect(known.filter((country) => !drawn.has(country))).toEqual([]);
  expect(drawn.has("PR")).toBe(false);
  expect(shapes.find(({ country }) => country === "SG")?.path).toMatch(/^M[\d.]+,[\d.]+a4,4 /);
  expect(drawWorld([]).shapes.some(({ country }) => country === "SG")).toBe(false);
});

it("does not draw Antarctica, or anything outside the picture", () => {
  const { width, height, shapes } = drawWorld(known);
  expect(shapes.some(({ country }) => country === "AQ")).toBe(false);
  const numbers = shapes.flatMap(({ path }) =>
    [...path.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(
      ([, x, y]) => [Number(x), Number(y)] as const,
    ),
  );
  expect(numbers.filter(([x, y]) => x < 0 || x > width || y < 0 || y > height)).toEqual([]);
});
