import { logistic } from "./fit-logistic.ts";
import type { Calibration } from "./model.ts";
import { solve } from "./solve.ts";

const STEPS = 50;
const STILL = 1e-10;

/**
 * The line that brings log odds closest to what was seen, by Newton's method. What was seen is drawn a
 * little to the middle, as Platt (Probabilistic Outputs for Support Vector Machines, 1999) has it, so that
 * a line is found where a threshold parts all. Where more log odds mean less, all people have the same chance.
 */
export function fitCalibration(
  logOdds: readonly number[],
  outcomes: readonly boolean[],
): Calibration {
  const yes = outcomes.filter((outcome) => outcome).length;
  const high = (yes + 1) / (yes + 2);
  const low = 1 / (outcomes.length - yes + 2);
  let line: Calibration = { slope: 1, intercept: 0 };
  for (let step = 0; step < STEPS; step++) {
    const [slope, intercept] = stepOf(line, logOdds, outcomes, { high, low });
    line = { slope: line.slope + slope, intercept: line.intercept + intercept };
    if (Math.abs(slope) + Math.abs(intercept) < STILL) break;
  }
  if (line.slope > 0) return line;
  return { slope: 0, intercept: Math.log((yes + 1) / (outcomes.length - yes + 1)) };
}

function stepOf(
  line: Calibration,
  logOdds: readonly number[],
  outcomes: readonly boolean[],
  { high, low }: { high: number; low: number },
): [number, number] {
  let [bySlope, byIntercept, slopes, both, intercepts] = [0, 0, STILL, 0, STILL];
  for (const [index, x] of logOdds.entries()) {
    const chance = logistic(line.intercept + line.slope * x);
    const error = (outcomes[index] === true ? high : low) - chance;
    const weight = chance * (1 - chance);
    bySlope += error * x;
    byIntercept += error;
    slopes += weight * x * x;
    both += weight * x;
    intercepts += weight;
  }
  const curve = [Float64Array.of(slopes, 0), Float64Array.of(both, intercepts)];
  const [slope = 0, intercept = 0] = solve(curve, Float64Array.of(bySlope, byIntercept));
  return [slope, intercept];
}
