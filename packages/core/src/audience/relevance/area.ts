import { Z_95 } from "../campaign/index.ts";

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
