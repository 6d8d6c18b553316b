import { type FeatureSources, createFeatures, findActiveColumns } from "./features.ts";
import {
  type Logistic,
  type ActiveColumns,
  fitLogistic,
  computeLogOdds,
  logistic,
  solve,
} from "./fit-logistic.ts";
import { type Calibration, type Model, calibrate } from "./model.ts";
import type { Observation } from "./traits.ts";

/**
 * L2 penalties to try, for a feature that half of the people have. The lower the penalty, the fewer calls are needed
 * to move a weight.
 */
const PENALTIES = [10, 100, 300, 1_000, 3_000];

/**
 * Trains a model. Tries each penalty on calls that its fit has not seen, keeps the one with the best
 * calibrated predictions, and fits it to all calls.
 */
export function trainModel(
  observations: readonly Observation[],
  sources: FeatureSources,
  splits: readonly Split[],
): Model {
  const { features, sample } = toSample(observations, sources);
  const best = findBestTrial(sample, splits);
  const { intercept, weights } = fit(sample, best.penalty);
  return {
    intercept,
    weights: features.map((feature, index) => ({
      feature,
      weight: weights[index] ?? 0,
      share: sample.shares[index] ?? 0,
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
  sources: FeatureSources,
  splits: readonly Split[],
): number {
  return findBestTrial(toSample(observations, sources).sample, splits).loss;
}

function toSample(observations: readonly Observation[], sources: FeatureSources) {
  const features = createFeatures(
    sources,
    observations.map(({ traits }) => traits),
  );
  const rows = observations.map(({ traits }) => findActiveColumns(features, traits));
  const shares = measureShares(rows, features.length);
  const outcomes = observations.map(({ isAccepted }) => isAccepted);
  return { features, sample: { shares, rows, outcomes } };
}

function findBestTrial(sample: Sample, splits: readonly Split[]) {
  const trials = PENALTIES.map((penalty) => runTrial(sample, splits, penalty));
  return trials.reduce((one, other) => (other.loss < one.loss ? other : one));
}

type Sample = {
  shares: readonly number[];
  rows: readonly ActiveColumns[];
  outcomes: readonly boolean[];
};

function runTrial(sample: Sample, splits: readonly Split[], penalty: number) {
  const predictions = splits.flatMap(({ learned, tested }) => {
    const model = fit(selectPart(sample, learned), penalty);
    const { rows, outcomes } = selectPart(sample, tested);
    return rows.map((ones, index) => ({
      logOdds: computeLogOdds(model, ones),
      outcome: outcomes[index] === true,
    }));
  });
  const outcomes = predictions.map(({ outcome }) => outcome);
  const calibration = fitCalibration(
    predictions.map(({ logOdds }) => logOdds),
    outcomes,
  );
  const losses = predictions.map(({ logOdds, outcome }) => {
    const chance = calibrate(calibration, logOdds);
    return -Math.log(Math.max(outcome ? chance : 1 - chance, Number.MIN_VALUE));
  });
  return { penalty, calibration, loss: losses.reduce((sum, loss) => sum + loss, 0) };
}

/**
 * Scales penalties as if each feature had a standard deviation of 1/2, so that rare and common features
 * count alike.
 */
const fit = ({ shares, rows, outcomes }: Sample, penalty: number): Logistic =>
  fitLogistic(
    rows,
    outcomes,
    shares.map((share) => 4 * share * (1 - share) * penalty),
  );

function measureShares(rows: readonly ActiveColumns[], width: number): number[] {
  const counts = new Float64Array(width);
  for (const ones of rows) for (const index of ones) counts[index] = (counts[index] ?? 0) + 1;
  return [...counts].map((count) => count / rows.length);
}

const selectPart = ({ shares, rows, outcomes }: Sample, indexes: readonly number[]): Sample => ({
  shares,
  rows: indexes.map((index) => rows[index] ?? []),
  outcomes: indexes.map((index) => outcomes[index] === true),
});

const STEPS = 50;
const TOLERANCE = 1e-10;

/**
 * Fits the line from log odds to observed results, by Newton's method. Results are pulled slightly toward
 * the middle as in Platt (Probabilistic Outputs for Support Vector Machines, 1999), so that a line exists
 * even if a threshold separates them perfectly. If higher log odds mean fewer acceptances, everyone gets
 * the same chance.
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
    const [slope, intercept] = computeCalibrationStep(line, logOdds, outcomes, { high, low });
    line = { slope: line.slope + slope, intercept: line.intercept + intercept };
    if (Math.abs(slope) + Math.abs(intercept) < TOLERANCE) break;
  }
  if (line.slope > 0) return line;
  return { slope: 0, intercept: Math.log((yes + 1) / (outcomes.length - yes + 1)) };
}

function computeCalibrationStep(
  line: Calibration,
  logOdds: readonly number[],
  outcomes: readonly boolean[],
  { high, low }: { high: number; low: number },
): [number, number] {
  let [bySlope, byIntercept, slopes, both, intercepts] = [0, 0, TOLERANCE, 0, TOLERANCE];
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

/** Indexes of observations to learn from and to test on. */
export type Split = { learned: readonly number[]; tested: readonly number[] };

/** Splits calls into folds, each tested by a model trained on the others. For calls in no order. */
export function createFolds(count: number, folds = 5): Split[] {
  const indexes = [...Array(count).keys()];
  return Array.from({ length: folds }, (_, fold) => ({
    learned: indexes.filter((index) => index % folds !== fold),
    tested: indexes.filter((index) => index % folds === fold),
  }));
}

/**
 * Splits calls in chronological order: each part but the first is tested by a model trained on everything
 * before it.
 */
export function createForwardSplits(count: number, parts = 4): Split[] {
  const indexes = [...Array(count).keys()];
  const end = (part: number) => Math.floor((count * part) / parts);
  return Array.from({ length: parts - 1 }, (_, part) => ({
    learned: indexes.slice(0, end(part + 1)),
    tested: indexes.slice(end(part + 1), end(part + 2)),
  }));
}
