import { z } from "zod";
import { Z_95 } from "./confidence-interval.ts";

const Share = z.number().min(0).max(1);

/** Quality of a model on calls that it had not seen. */
export const Evaluation = z.object({
  calls: z.int(),
  accepted: z.int(),
  auc: Share,
  /** 95% confidence interval. */
  interval: z.tuple([Share, Share]),
  calibrationError: Share,
  /** Calls grouped by chance: `said` is the mean prediction, `seen` the share accepted. */
  curve: z.array(z.object({ calls: z.int(), said: Share, seen: Share })),
  /** Acceptance rate of the best tenth of the calls, as a multiple of the average. */
  lift10: z.number(),
  /** Area under the curve of `measureAccepted`. */
  alift: Share,
  /** Share of all acceptances in the best tenth of the calls, the best two tenths, and so on. */
  gains: z.array(Share),
});
export type Evaluation = z.infer<typeof Evaluation>;

const tenths = Array.from({ length: 10 }, (_, tenth) => (tenth + 1) / 10);

/** Evaluates predictions. Null with fewer than two accepted calls or fewer than two others. */
export function evaluate(predictions: readonly Prediction[]): Evaluation | null {
  const area = measureArea(predictions);
  if (area === null) return null;
  const curve = drawCalibrationCurve(predictions);
  return {
    ...area,
    calls: predictions.length,
    accepted: predictions.filter(({ isAccepted }) => isAccepted).length,
    calibrationError: measureCalibrationError(curve),
    curve,
    lift10: measureLift(predictions),
    alift: measureLiftArea(area.auc, predictions),
    gains: tenths.map((share) => measureAccepted(predictions, share)),
  };
}

/** A predicted chance, and whether the call was accepted. */
export type Prediction = { chance: number; isAccepted: boolean };

export type Area = { auc: number; interval: [low: number, high: number] };

/**
 * Measures the area under the ROC curve: how often an accepted call had the higher chance, ties counting
 * half. The 95% interval is by DeLong, DeLong and Clarke-Pearson (Biometrics 1988), computed from ranks
 * (Sun and Xu, IEEE Signal Processing Letters 2014). Null with fewer than two accepted calls or fewer than two
 * others.
 */
export function measureArea(predictions: readonly Prediction[]): Area | null {
  const chances = (isAccepted: boolean) =>
    predictions.filter((each) => each.isAccepted === isAccepted).map(({ chance }) => chance);
  const accepted = chances(true);
  const others = chances(false);
  if (accepted.length < 2 || others.length < 2) return null;

  const among = rankValues([...accepted, ...others]);
  const ofAccepted = rankValues(accepted);
  const ofOthers = rankValues(others);
  const [m, n] = [accepted.length, others.length];
  // For each accepted call, the share of others ranked below it; for each other, of accepted ranked above it.
  const above = ofAccepted.map((rank, index) => ((among[index] ?? 0) - rank) / n);
  const below = ofOthers.map((rank, index) => 1 - ((among[m + index] ?? 0) - rank) / m);
  const auc = mean(above);
  const width = Z_95 * Math.sqrt(variance(above) / m + variance(below) / n);
  return { auc, interval: [Math.max(0, auc - width), Math.min(1, auc + width)] };
}

/** Ranks values from 1. Ties share the mean of their ranks. */
function rankValues(values: readonly number[]): Float64Array {
  const order = values
    .map((value, index) => ({ value, index }))
    .toSorted((a, b) => a.value - b.value);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (order[to]?.value === order[from]?.value) to++;
    for (const { index } of order.slice(from, to)) ranks[index] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

const mean = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: Float64Array): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

/** Calls with similar chances: the mean prediction and the actual share accepted. */
type CurvePoint = { calls: number; said: number; seen: number };

const CURVE_POINTS = 10;

/** Groups calls by chance into ten equal groups. Calls with the same chance stay together. */
export function drawCalibrationCurve(predictions: readonly Prediction[]): CurvePoint[] {
  const sorted = predictions.toSorted((a, b) => a.chance - b.chance);
  const points: CurvePoint[] = [];
  for (let from = 0, group = 1; from < sorted.length; group++) {
    let to = Math.max(from, Math.round((sorted.length * group) / CURVE_POINTS));
    while (to > from && to < sorted.length && sorted[to]?.chance === sorted[to - 1]?.chance) to++;
    if (to > from) points.push(toCurvePoint(sorted.slice(from, to)));
    from = to;
  }
  return points;
}

function toCurvePoint(group: readonly Prediction[]): CurvePoint {
  const said = group.reduce((sum, { chance }) => sum + chance, 0);
  const seen = group.filter(({ isAccepted }) => isAccepted).length;
  return { calls: group.length, said: said / group.length, seen: seen / group.length };
}

/** Computes the mean absolute difference between predictions and results: 0.02 is 2 calls in 100. */
export function measureCalibrationError(curve: readonly CurvePoint[]): number {
  const calls = curve.reduce((sum, point) => sum + point.calls, 0);
  return (
    curve.reduce((sum, { calls, said, seen }) => sum + calls * Math.abs(said - seen), 0) / calls
  );
}

/**
 * Computes the share of all acceptances that fall into the best part of the calls. Calls with the same chance count
 * proportionally. At least one call must be accepted.
 */
export function measureAccepted(predictions: readonly Prediction[], share: number): number {
  const byChance = Map.groupBy(predictions, ({ chance }) => chance);
  const groups = [...byChance].toSorted(([a], [b]) => b - a);
  let [left, accepted] = [predictions.length * share, 0];
  for (const [, group] of groups) {
    const part = Math.min(1, left / group.length);
    accepted += part * countAccepted(group);
    left -= part * group.length;
    if (left <= 0) break;
  }
  return accepted / countAccepted(predictions);
}

const countAccepted = (group: readonly Prediction[]) =>
  group.filter(({ isAccepted }) => isAccepted).length;

/** Measures the acceptance rate of the best tenth of the calls, as a multiple of the average. */
export const measureLift = (predictions: readonly Prediction[]): number =>
  measureAccepted(predictions, 0.1) / 0.1;

/** Computes the area under the curve of `measureAccepted` (ALIFT of Moro, Cortez and Rita 2014) from the AUC. */
export const measureLiftArea = (auc: number, predictions: readonly Prediction[]): number => {
  const share = countAccepted(predictions) / predictions.length;
  return (1 - share) * auc + share / 2;
};

/** A model needs at least this many calls with a known result. */
export const MIN_OUTCOMES = 500;
/** The lower bound of the AUC must be at least this. Random guessing has 0.5. */
export const MIN_AUC = 0.55;

export const ModelStatus = z.enum(["model", "few-outcomes", "one-sided", "no-better-than-chance"]);
/** `model`, or the reason why the default weights are used. */
export type ModelStatus = z.infer<typeof ModelStatus>;

/**
 * Decides whether the model is used. `evaluation` is from later calls, and null if too few of these were
 * accepted or too few were not.
 */
export function decideModelStatus(outcomes: number, evaluation: Evaluation | null): ModelStatus {
  if (outcomes < MIN_OUTCOMES) return "few-outcomes";
  if (evaluation === null) return "one-sided";
  return evaluation.interval[0] < MIN_AUC ? "no-better-than-chance" : "model";
}
