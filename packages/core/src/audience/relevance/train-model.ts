import { featuresOf, type Weighed } from "./features-of.ts";
import { fitCalibration } from "./fit-calibration.ts";
import { fitLogistic, type Logistic, logOddsOf, type Ones } from "./fit-logistic.ts";
import { calibrated, type Model } from "./model.ts";
import { onesOf } from "./ones-of.ts";
import type { Split } from "./splits.ts";
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
