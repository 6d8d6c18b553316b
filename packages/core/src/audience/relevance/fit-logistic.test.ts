import fc from "fast-check";
import { expect, it } from "vitest";
import { type ActiveColumns, fitLogistic, computeLogOdds, logistic } from "./fit-logistic.ts";

const repeated = (ones: ActiveColumns, yes: number, no: number) => ({
  rows: Array.from({ length: yes + no }, () => ones),
  outcomes: Array.from({ length: yes + no }, (_, index) => index < yes),
});

it("finds the log odds of a two-by-two table without a penalty", () => {
  const inside = repeated([0], 30, 10);
  const outside = repeated([], 20, 60);
  const { intercept, weights } = fitLogistic(
    [...inside.rows, ...outside.rows],
    [...inside.outcomes, ...outside.outcomes],
    [0],
  );
  expect(intercept).toBeCloseTo(Math.log(20 / 60), 6);
  expect(weights[0]).toBeCloseTo(Math.log(30 / 10) - Math.log(20 / 60), 6);
});

it("keeps weights finite for a perfect predictor", () => {
  const rows = [[0], [0], [], []];
  const { weights } = fitLogistic(rows, [true, true, false, false], [1]);
  // Penalty 1: the weight w and the intercept -w/2 where w = 2 · (1 - logistic(w / 2)).
  const [weight = 0] = weights;
  expect(weight).toBeCloseTo(2 * (1 - logistic(weight / 2)), 6);
});

const sample = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    penalties: fc.array(fc.constantFrom(0.1, 1, 30), { minLength: width, maxLength: width }),
    people: fc.array(
      fc.record({ ones: fc.uniqueArray(fc.nat(width - 1)), outcome: fc.boolean() }),
      { minLength: 2, maxLength: 40 },
    ),
  }),
);
const isMixed = ({ people }: { people: readonly { outcome: boolean }[] }) =>
  new Set(people.map(({ outcome }) => outcome)).size === 2;

it("converges where the gradient balances the penalty", () => {
  fc.assert(
    fc.property(sample.filter(isMixed), ({ penalties, people }) => {
      const fit = fitLogistic(
        people.map(({ ones }) => ones),
        people.map(({ outcome }) => outcome),
        penalties,
      );
      const misses = people.map(
        ({ ones, outcome }) => (outcome ? 1 : 0) - logistic(computeLogOdds(fit, ones)),
      );
      expect(misses.reduce((sum, miss) => sum + miss, 0)).toBeCloseTo(0, 3);
      for (const [column, weight] of fit.weights.entries()) {
        const missed = people.reduce(
          (sum, { ones }, index) => sum + (ones.includes(column) ? (misses[index] ?? 0) : 0),
          0,
        );
        expect(missed).toBeCloseTo((penalties[column] ?? 0) * weight, 3);
      }
    }),
  );
});

it("rejects an observation outside the columns", () => {
  expect(() => fitLogistic([[3], []], [true, false], [1, 1])).toThrow("column 3 of 2");
});
