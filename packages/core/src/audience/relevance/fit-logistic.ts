import { solve } from "./solve.ts";

/** The columns of an observation that are 1; all others are 0. None stands twice. */
export type Ones = readonly number[];

export type Logistic = { intercept: number; weights: readonly number[] };

export const logistic = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

export const logOddsOf = ({ intercept, weights }: Logistic, ones: Ones): number =>
  ones.reduce((sum, column) => sum + (weights[column] ?? 0), intercept);

/** More steps than any fit takes that comes to an end: each about doubles the digits that are right. */
const MOST_STEPS = 50;
const STILL = 1e-9;

/**
 * Logistic regression with an L2 penalty of half of a column's own times the square of its weight, the
 * intercept left free, by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani and Friedman,
 * The Elements of Statistical Learning, 4.4.1). Steps that overshoot are halved. The same rows give the
 * same weights, to the bit.
 */
export function fitLogistic(
  rows: readonly Ones[],
  outcomes: readonly boolean[],
  penalties: readonly number[],
): Logistic {
  let now = new Float64Array(penalties.length + 1);
  let cost = costOf(now, rows, outcomes, penalties);
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const step = newtonStep(now, rows, outcomes, penalties);
    let share = 1;
    let next = moved(now, step, share);
    let nextCost = costOf(next, rows, outcomes, penalties);
    while (nextCost > cost && share > STILL) {
      share /= 2;
      next = moved(now, step, share);
      nextCost = costOf(next, rows, outcomes, penalties);
    }
    const isDone = cost - nextCost <= STILL * Math.abs(cost);
    if (nextCost <= cost) [now, cost] = [next, nextCost];
    if (isDone) break;
  }
  return { intercept: now[penalties.length] ?? 0, weights: [...now.subarray(0, penalties.length)] };
}

const moved = (from: Float64Array, step: Float64Array, share: number) =>
  from.map((value, index) => value + share * (step[index] ?? 0));

/** The last of the values is the intercept's. */
function logOdds(values: Float64Array, ones: Ones): number {
  let sum = values[values.length - 1] ?? 0;
  for (const column of ones) sum += values[column] ?? 0;
  return sum;
}

function costOf(
  values: Float64Array,
  rows: readonly Ones[],
  outcomes: readonly boolean[],
  penalties: readonly number[],
): number {
  let cost = 0;
  for (const [column, penalty] of penalties.entries()) {
    cost += (penalty / 2) * (values[column] ?? 0) ** 2;
  }
  for (const [index, ones] of rows.entries()) {
    const toward = outcomes[index] === true ? -logOdds(values, ones) : logOdds(values, ones);
    cost += Math.max(toward, 0) + Math.log1p(Math.exp(-Math.abs(toward)));
  }
  return cost;
}

function newtonStep(
  values: Float64Array,
  rows: readonly Ones[],
  outcomes: readonly boolean[],
  penalties: readonly number[],
): Float64Array {
  const last = values.length - 1;
  const downhill = values.map((value, index) => -(penalties[index] ?? 0) * value);
  const curve = Array.from({ length: values.length }, (_, index) => {
    const row = new Float64Array(values.length);
    row[index] = penalties[index] ?? STILL;
    return row;
  });
  for (const [index, ones] of rows.entries()) {
    const chance = logistic(logOdds(values, ones));
    const error = (outcomes[index] === true ? 1 : 0) - chance;
    const weight = Math.max(chance * (1 - chance), STILL);
    for (const a of [...ones, last]) {
      downhill[a] = (downhill[a] ?? 0) + error;
      const row = curve[a];
      if (row === undefined) throw new Error(`an observation has the column ${a} of ${last}`);
      for (const b of ones) if (b <= a) row[b] = (row[b] ?? 0) + weight;
      if (a === last) row[last] = (row[last] ?? 0) + weight;
    }
  }
  return solve(curve, downhill);
}
