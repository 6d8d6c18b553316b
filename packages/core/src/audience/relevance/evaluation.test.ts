import fc from "fast-check";
import { expect, it } from "vitest";
import type { Prediction } from "./area.ts";
import { calibrationCurve, calibrationError } from "./calibration-curve.ts";
import { evaluate } from "./evaluation.ts";
import { acceptedAmong, areaOfLift, liftAtTenth } from "./gains.ts";

const calls = (count: number, chance: number, accepted: number): Prediction[] =>
  Array.from({ length: count }, (_, index) => ({ chance, isAccepted: index < accepted }));

// Ten of a hundred calls hold half of the ten that accept.
const scene = [...calls(10, 0.5, 5), ...calls(90, 0.1, 5)];

it("tells how many times as many accept among the best tenth", () => {
  expect(liftAtTenth(scene)).toBe(5);
  expect(acceptedAmong(scene, 0.5)).toBeCloseTo(0.5 + (0.5 * 40) / 90, 12);
  expect(liftAtTenth(calls(50, 0.3, 7))).toBeCloseTo(1, 12);
});

it("tells how far what was said is from what came", () => {
  const curve = calibrationCurve(scene);
  expect(curve).toEqual([
    { calls: 90, said: expect.closeTo(0.1, 12), seen: 5 / 90 },
    { calls: 10, said: 0.5, seen: 0.5 },
  ]);
  expect(calibrationError(curve)).toBeCloseTo(0.9 * (0.1 - 5 / 90), 12);
});

it("has nothing to say of calls that all came to the same", () => {
  expect(evaluate(calls(20, 0.1, 20))).toBeNull();
  expect(evaluate(scene)).toMatchObject({ calls: 100, accepted: 10, lift10: 5 });
});

const prediction = fc.record({
  chance: fc.constantFrom(0.01, 0.02, 0.1, 0.4, 0.8),
  isAccepted: fc.boolean(),
});

it("finds the area under the gains that are summed up call by call", () => {
  const some = fc.array(prediction, { minLength: 10, maxLength: 60 });
  fc.assert(
    fc.property(some, (predictions) => {
      const evaluation = evaluate(predictions);
      fc.pre(evaluation !== null);
      const steps = Array.from({ length: predictions.length + 1 }, (_, step) =>
        acceptedAmong(predictions, step / predictions.length),
      );
      const area = steps.reduce(
        (sum, gain, step) => sum + (step === 0 ? 0 : (gain + (steps[step - 1] ?? 0)) / 2),
        0,
      );
      expect(areaOfLift(evaluation.auc, predictions)).toBeCloseTo(area / predictions.length, 8);
      expect(evaluation.curve.reduce((sum, point) => sum + point.calls, 0)).toBe(
        predictions.length,
      );
      expect(evaluation.gains.at(-1)).toBeCloseTo(1, 10);
    }),
  );
});
