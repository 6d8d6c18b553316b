import fc from "fast-check";
import { expect, it } from "vitest";
import { areaOf, type Prediction } from "./area.ts";

const of = (accepted: readonly number[], others: readonly number[]): Prediction[] => [
  ...accepted.map((chance) => ({ chance, isAccepted: true })),
  ...others.map((chance) => ({ chance, isAccepted: false })),
];

it("counts the pairs in the right order, a tie as half", () => {
  expect(areaOf(of([0.9, 0.8], [0.1, 0.2]))).toEqual({ auc: 1, interval: [1, 1] });
  expect(areaOf(of([0.5, 0.5], [0.5, 0.5]))?.auc).toBe(0.5);
  expect(areaOf(of([0.9, 0.3, 0.5], [0.5, 0.2]))?.auc).toBeCloseTo(4.5 / 6, 12);
});

it("has DeLong's interval: by hand, of three against two", () => {
  // 0.9, 0.3 and 0.5 are above 1, 1/2 and 3/4 of the others; 0.5 and 0.2 below 1/2 and all of the accepted.
  const width = 1.959963984540054 * Math.sqrt(1 / 16 / 3 + 1 / 8 / 2);
  const { auc = 0, interval } = areaOf(of([0.9, 0.3, 0.5], [0.5, 0.2])) ?? {};
  expect(interval?.[0]).toBeCloseTo(auc - width, 12);
  expect(interval?.[1]).toBe(1);
});

it("says nothing where all calls came to the same", () => {
  expect(areaOf(of([0.1, 0.2, 0.3], []))).toBeNull();
  expect(areaOf([])).toBeNull();
});

const chances = fc.array(fc.constantFrom(0, 0.1, 0.2, 0.5, 0.9), { minLength: 2, maxLength: 20 });

it("is what all pairs say, and turned around where outcomes are", () => {
  fc.assert(
    fc.property(chances, chances, (accepted, others) => {
      const pairs = accepted.flatMap((a) => others.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
      const auc = pairs.reduce<number>((sum, pair) => sum + pair, 0) / pairs.length;
      expect(areaOf(of(accepted, others))?.auc).toBeCloseTo(auc, 10);
      expect(areaOf(of(others, accepted))?.auc).toBeCloseTo(1 - auc, 10);
    }),
  );
});
