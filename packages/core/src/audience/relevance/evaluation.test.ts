import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type Prediction,
  measureAccepted,
  measureArea,
  measureLiftArea,
  drawCalibrationCurve,
  measureCalibrationError,
  evaluate,
  measureLift,
} from "./evaluation.ts";

const calls = (count: number, chance: number, accepted: number): Prediction[] =>
  Array.from({ length: count }, (_, index) => ({ chance, isAccepted: index < accepted }));

// Ten of a hundred calls hold half of the ten that accept.
const scene = [...calls(10, 0.5, 5), ...calls(90, 0.1, 5)];

it("computes the lift of the best tenth", () => {
  expect(measureLift(scene)).toBe(5);
  expect(measureAccepted(scene, 0.5)).toBeCloseTo(0.5 + (0.5 * 40) / 90, 12);
  expect(measureLift(calls(50, 0.3, 7))).toBeCloseTo(1, 12);
});

it("computes how far predictions are from outcomes", () => {
  const curve = drawCalibrationCurve(scene);
  expect(curve).toEqual([
    { calls: 90, said: expect.closeTo(0.1, 12), seen: 5 / 90 },
    { calls: 10, said: 0.5, seen: 0.5 },
  ]);
  expect(measureCalibrationError(curve)).toBeCloseTo(0.9 * (0.1 - 5 / 90), 12);
});

it("has no result if all calls ended the same way", () => {
  expect(evaluate(calls(20, 0.1, 20))).toBeNull();
  expect(evaluate(scene)).toMatchObject({ calls: 100, accepted: 10, lift10: 5 });
});

const prediction = fc.record({
  chance: fc.constantFrom(0.01, 0.02, 0.1, 0.4, 0.8),
  isAccepted: fc.boolean(),
});

it("computes the area under the gains curve as summed call by call", () => {
  const some = fc.array(prediction, { minLength: 10, maxLength: 60 });
  fc.assert(
    fc.property(some, (predictions) => {
      const evaluation = evaluate(predictions);
      fc.pre(evaluation !== null);
      const steps = Array.from({ length: predictions.length + 1 }, (_, step) =>
        measureAccepted(predictions, step / predictions.length),
      );
      const area = steps.reduce(
        (sum, gain, step) => sum + (step === 0 ? 0 : (gain + (steps[step - 1] ?? 0)) / 2),
        0,
      );
      expect(measureLiftArea(evaluation.auc, predictions)).toBeCloseTo(
        area / predictions.length,
        8,
      );
      expect(evaluation.curve.reduce((sum, point) => sum + point.calls, 0)).toBe(
        predictions.length,
      );
      expect(evaluation.gains.at(-1)).toBeCloseTo(1, 10);
    }),
  );
});

const of = (accepted: readonly number[], others: readonly number[]): Prediction[] => [
  ...accepted.map((chance) => ({ chance, isAccepted: true })),
  ...others.map((chance) => ({ chance, isAccepted: false })),
];

it("counts pairs in the right order, with a tie as half", () => {
  expect(measureArea(of([0.9, 0.8], [0.1, 0.2]))).toEqual({ auc: 1, interval: [1, 1] });
  expect(measureArea(of([0.5, 0.5], [0.5, 0.5]))?.auc).toBe(0.5);
  expect(measureArea(of([0.9, 0.3, 0.5], [0.5, 0.2]))?.auc).toBeCloseTo(4.5 / 6, 12);
});

it("computes DeLong's interval, checked by hand for three against two", () => {
  // 0.9, 0.3 and 0.5 are above 1, 1/2 and 3/4 of the others; 0.5 and 0.2 below 1/2 and all of the accepted.
  const width = 1.959963984540054 * Math.sqrt(1 / 16 / 3 + 1 / 8 / 2);
  const { auc = 0, interval } = measureArea(of([0.9, 0.3, 0.5], [0.5, 0.2])) ?? {};
  expect(interval?.[0]).toBeCloseTo(auc - width, 12);
  expect(interval?.[1]).toBe(1);
});

it("has no area if all calls ended the same way", () => {
  expect(measureArea(of([0.1, 0.2, 0.3], []))).toBeNull();
  expect(measureArea([])).toBeNull();
});

const chances = fc.array(fc.constantFrom(0, 0.1, 0.2, 0.5, 0.9), { minLength: 2, maxLength: 20 });

it("equals the count over all pairs, and is mirrored when outcomes are swapped", () => {
  fc.assert(
    fc.property(chances, chances, (accepted, others) => {
      const pairs = accepted.flatMap((a) => others.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
      const auc = pairs.reduce<number>((sum, pair) => sum + pair, 0) / pairs.length;
      expect(measureArea(of(accepted, others))?.auc).toBeCloseTo(auc, 10);
      expect(measureArea(of(others, accepted))?.auc).toBeCloseTo(1 - auc, 10);
    }),
  );
});
