import { type Weighed, featuresOf, onesOf } from "./features.ts";
import {
  type Logistic,
  type Ones,
  fitLogistic,
  logOddsOf,
  logistic,
  solve,
} from "./fit-logistic.ts";
import { type Calibration, type Model, calibrated } from "./model.ts";
import type { Observation } from "./traits.ts";

/**
 * L2 penalties to try, for a feature that half of all people have. With the lowest, few calls move a weight;
 * with the highest, it takes many.
 */
const PENALTIES = [10, 100, 300, 1_000, 3_000];

/**
 * A model of calls that have come to something. Each penalty is tried on calls that its fit has not seen;
 * the one whose calibrated chances tell those best is taken, with their calibration, and fitted to all.
 */
export function trainModel(
  observations: readonly Observation[],
  weighed: Weighed,
  splits: readonly Split[],
): Model {
  const { features, sample } = toSample(observations, weighed);
  const best = findBestTrial(sample, splits);
  const { intercept, weights } = fit(sample, best.penalty);
  return {
    intercept,
    weights: features.map((feature, place) => ({
      feature,
      weight: weights[place] ?? 0,
      share: sample.shares[place] ?? 0,
    })),
    calibration: best.calibration,
  };
}

/**
 * Measures the log loss of the best penalty with these traits, summed over the tested calls of all splits.
 * Lower is better.
 */
export function measureLoss(
  observations: readonly Observation[],
  weighed: Weighed,
  splits: readonly Split[],
): number {
  return findBestTrial(toSample(observations, weighed).sample, splits).loss;
}

function toSample(observations: readonly Observation[], weighed: Weighed) {
  const features = featuresOf(
    weighed,
    observations.map(({ traits }) => traits),
  );
  const rows = observations.map(({ traits }) => onesOf(features, traits));
  const shares = sharesOf(rows, features.length);
  const outcomes = observations.map(({ isAccepted }) => isAccepted);
  return { features, sample: { shares, rows, outcomes } };
}

function findBestTrial(sample: Sample, splits: readonly Split[]) {
  const trials = PENALTIES.map((penalty) => trialOf(sample, splits, penalty));
  return trials.reduce((one, other) => (other.loss < one.loss ? other : one));
}

type Sample = { shares: readonly number[]; rows: readonly Ones[]; outcomes: readonly boolean[] };

function trialOf(sample: Sample, splits: readonly Split[], penalty: number) {
  const held = splits.flatMap(({ learned, tested }) => {
    const model = fit(partOf(sample, learned), penalty);
    const { rows, outcomes } = partOf(sample, tested);
    return rows.map((ones, index) => ({
      logOdds: logOddsOf(model, ones),
      outcome: outcomes[index] === true,
    }));
  });
  const outcomes = held.map(({ outcome }) => outcome);
  const calibration = fitCalibration(
    held.map(({ logOdds }) => logOdds),
    outcomes,
  );
  const losses = held.map(({ logOdds, outcome }) => {
    const chance = calibrated(calibration, logOdds);
    return -Math.log(Math.max(outcome ? chance : 1 - chance, Number.MIN_VALUE));
  });
  return { penalty, calibration, loss: losses.reduce((sum, loss) => sum + loss, 0) };
}

/** Features count alike, whether many people have them or few: as if each had a deviation of 1/2. */
const fit = ({ shares, rows, outcomes }: Sample, penalty: number): Logistic =>
  fitLogistic(
    rows,
    outcomes,
    shares.map((share) => 4 * share * (1 - share) * penalty),
  );

function sharesOf(rows: readonly Ones[], width: number): number[] {
  const counts = new Float64Array(width);
  for (const ones of rows) for (const place of ones) counts[place] = (counts[place] ?? 0) + 1;
  return [...counts].map((count) => count / rows.length);
}

const partOf = ({ shares, rows, outcomes }: Sample, places: readonly number[]): Sample => ({
  shares,
  rows: places.map((place) => rows[place] ?? []),
  outcomes: places.map((place) => outcomes[place] === true),
});

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

/** Places of observations: those that a model learns from, and others that it is tested on. */
export type Split = { learned: readonly number[]; tested: readonly number[] };

/** Each is tested once, by a model that learned from the others: for calls in no order. */
export function foldsOf(count: number, folds = 5): Split[] {
  const places = [...Array(count).keys()];
  return Array.from({ length: folds }, (_, fold) => ({
    learned: places.filter((place) => place % folds !== fold),
    tested: places.filter((place) => place % folds === fold),
  }));
}

/** Each part but the first is tested by a model that learned from all before it: for calls in the order of time. */
export function forwardSplits(count: number, parts = 4): Split[] {
  const places = [...Array(count).keys()];
  const end = (part: number) => Math.floor((count * part) / parts);
  return Array.from({ length: parts - 1 }, (_, part) => ({
    learned: places.slice(0, end(part + 1)),
    tested: places.slice(end(part + 1), end(part + 2)),
  }));
}
