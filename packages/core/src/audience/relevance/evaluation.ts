import { z } from "zod";
import { Z_95 } from "../campaign/index.ts";

const Share = z.number().min(0).max(1);

/** How good a model was on calls that it had not seen. */
export const Evaluation = z.object({
  calls: z.int(),
  accepted: z.int(),
  auc: Share,
  /** Of 95 %. */
  interval: z.tuple([Share, Share]),
  calibrationError: Share,
  curve: z.array(z.object({ calls: z.int(), said: Share, seen: Share })),
  lift10: z.number(),
  alift: Share,
  /** Which share of all that accepted is among the better tenth, two tenths … of the calls. */
  gains: z.array(Share),
});
export type Evaluation = z.infer<typeof Evaluation>;

const tenths = Array.from({ length: 10 }, (_, tenth) => (tenth + 1) / 10);

/** Null where all calls came to the same, so that nothing can be told. */
export function evaluate(predictions: readonly Prediction[]): Evaluation | null {
  const area = areaOf(predictions);
  if (area === null) return null;
  const curve = calibrationCurve(predictions);
  return {
    ...area,
    calls: predictions.length,
    accepted: predictions.filter(({ isAccepted }) => isAccepted).length,
    calibrationError: calibrationError(curve),
    curve,
    lift10: liftAtTenth(predictions),
    alift: areaOfLift(area.auc, predictions),
    gains: tenths.map((share) => acceptedAmong(predictions, share)),
  };
}

/** What a model said of a call before it, and what the call came to. */
export type Prediction = { chance: number; isAccepted: boolean };

export type Area = { auc: number; interval: [low: number, high: number] };

/**
 * The area under the ROC curve: how often an accepted call had the higher chance than one that was not,
 * a tie being half of it; with its 95 % interval by DeLong, DeLong and Clarke-Pearson (Biometrics 1988),
 * computed from ranks (Sun and Xu, IEEE Signal Processing Letters 2014). Null where all calls came to the same.
 */
export function areaOf(predictions: readonly Prediction[]): Area | null {
  const chances = (isAccepted: boolean) =>
    predictions.filter((each) => each.isAccepted === isAccepted).map(({ chance }) => chance);
  const accepted = chances(true);
  const others = chances(false);
  if (accepted.length < 2 || others.length < 2) return null;

  const among = ranksOf([...accepted, ...others]);
  const ofAccepted = ranksOf(accepted);
  const ofOthers = ranksOf(others);
  const [m, n] = [accepted.length, others.length];
  // Of each, the share of the other kind that it is rightly above, or below.
  const above = ofAccepted.map((rank, index) => ((among[index] ?? 0) - rank) / n);
  const below = ofOthers.map((rank, index) => 1 - ((among[m + index] ?? 0) - rank) / m);
  const auc = meanOf(above);
  const width = Z_95 * Math.sqrt(varianceOf(above) / m + varianceOf(below) / n);
  return { auc, interval: [Math.max(0, auc - width), Math.min(1, auc + width)] };
}

/** From 1; equal values share the middle of their ranks. */
function ranksOf(values: readonly number[]): Float64Array {
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

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}

/** Calls of about the same chance: the mean of what was said, and the share that was accepted. */
type CurvePoint = { calls: number; said: number; seen: number };

/** Ten groups of calls by their chance, as many in each; those of one chance are in one group. */
export function calibrationCurve(predictions: readonly Prediction[], groups = 10): CurvePoint[] {
  const sorted = predictions.toSorted((a, b) => a.chance - b.chance);
  const points: CurvePoint[] = [];
  for (let from = 0, group = 1; from < sorted.length; group++) {
    let to = Math.max(from, Math.round((sorted.length * group) / groups));
    while (to > from && to < sorted.length && sorted[to]?.chance === sorted[to - 1]?.chance) to++;
    if (to > from) points.push(pointOf(sorted.slice(from, to)));
    from = to;
  }
  return points;
}

function pointOf(group: readonly Prediction[]): CurvePoint {
  const said = group.reduce((sum, { chance }) => sum + chance, 0);
  const seen = group.filter(({ isAccepted }) => isAccepted).length;
  return { calls: group.length, said: said / group.length, seen: seen / group.length };
}

/** How far chances are from what came of them, in the mean of all calls: 0.02 is two of a hundred. */
export function calibrationError(curve: readonly CurvePoint[]): number {
  const calls = curve.reduce((sum, point) => sum + point.calls, 0);
  return (
    curve.reduce((sum, { calls, said, seen }) => sum + calls * Math.abs(said - seen), 0) / calls
  );
}

/**
 * Which share of all that accepted is among a share of the calls, those of the highest chance first.
 * Calls of one chance are in no order: a part of them holds its part of what they accepted.
 */
export function acceptedAmong(predictions: readonly Prediction[], share: number): number {
  const byChance = Map.groupBy(predictions, ({ chance }) => chance);
  const groups = [...byChance].toSorted(([a], [b]) => b - a);
  let [left, accepted] = [predictions.length * share, 0];
  for (const [, group] of groups) {
    const part = Math.min(1, left / group.length);
    accepted += part * acceptedIn(group);
    left -= part * group.length;
    if (left <= 0) break;
  }
  return accepted / acceptedIn(predictions);
}

const acceptedIn = (group: readonly Prediction[]) =>
  group.filter(({ isAccepted }) => isAccepted).length;

/** How many times as many accept among the best tenth of the calls as among all. */
export const liftAtTenth = (predictions: readonly Prediction[]): number =>
  acceptedAmong(predictions, 0.1) / 0.1;

/** The area under the curve of `acceptedAmong` (ALIFT of Moro, Cortez and Rita 2014), told from the AUC. */
export const areaOfLift = (auc: number, predictions: readonly Prediction[]): number => {
  const share = acceptedIn(predictions) / predictions.length;
  return (1 - share) * auc + share / 2;
};

/** As many calls must have come to something before a model of them is believed. */
export const FEWEST_OUTCOMES = 500;
/** What the interval of the AUC must lie above. A coin has 0.5. */
export const LEAST_AUC = 0.55;

export const InForce = z.enum(["model", "few-outcomes", "one-sided", "no-better-than-chance"]);
/** The model, or the documented weights for the reason that is said. */
export type InForce = z.infer<typeof InForce>;

/** What scores are reckoned by: `evaluation` is on later calls, and null where those all came to the same. */
export function inForce(outcomes: number, evaluation: Evaluation | null): InForce {
  if (outcomes < FEWEST_OUTCOMES) return "few-outcomes";
  if (evaluation === null) return "one-sided";
  return evaluation.interval[0] < LEAST_AUC ? "no-better-than-chance" : "model";
}
