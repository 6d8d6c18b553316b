/** Columns of an observation that are 1. All others are 0, and none is listed twice. */
export type ActiveColumns = readonly number[];

export type Logistic = { intercept: number; weights: readonly number[] };

export const logistic = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

export const computeLogOdds = ({ intercept, weights }: Logistic, ones: ActiveColumns): number =>
  ones.reduce((sum, column) => sum + (weights[column] ?? 0), intercept);

/** Enough for every fit that converges: each step about doubles the correct digits. */
const MAX_STEPS = 50;
const TOLERANCE = 1e-9;

/**
 * Fits a logistic regression by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani
 * and Friedman, The Elements of Statistical Learning, 4.4.1). Each weight has its own L2 penalty, the
 * intercept none. Steps that overshoot are halved. The same rows in the same order give bit-identical weights.
 * Each column that a row names must have a penalty.
 */
export function fitLogistic(
  rows: readonly ActiveColumns[],
  outcomes: readonly boolean[],
  penalties: readonly number[],
): Logistic {
  /** The weights, then the intercept. */
  let values = new Float64Array(penalties.length + 1);
  let cost = computeCost(values, rows, outcomes, penalties);
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const step = computeNewtonStep(values, rows, outcomes, penalties);
    let share = 1;
    let next = moveAlong(values, step, share);
    let nextCost = computeCost(next, rows, outcomes, penalties);
    while (nextCost > cost && share > TOLERANCE) {
      share /= 2;
      next = moveAlong(values, step, share);
      nextCost = computeCost(next, rows, outcomes, penalties);
    }
    const isDone = cost - nextCost <= TOLERANCE * Math.abs(cost);
    if (nextCost <= cost) [values, cost] = [next, nextCost];
    if (isDone) break;
  }
  return {
    intercept: values[penalties.length] ?? 0,
    weights: [...values.subarray(0, penalties.length)],
  };
}

const moveAlong = (from: Float64Array, step: Float64Array, share: number) =>
  from.map((value, index) => value + share * (step[index] ?? 0));

/** The last value is the intercept. */
function logOdds(values: Float64Array, ones: ActiveColumns): number {
  let sum = values[values.length - 1] ?? 0;
  for (const column of ones) sum += values[column] ?? 0;
  return sum;
}

function computeCost(
  values: Float64Array,
  rows: readonly ActiveColumns[],
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

function computeNewtonStep(
  values: Float64Array,
  rows: readonly ActiveColumns[],
  outcomes: readonly boolean[],
  penalties: readonly number[],
): Float64Array {
  const last = values.length - 1;
  const downhill = values.map((value, index) => -(penalties[index] ?? 0) * value);
  const curve = Array.from({ length: values.length }, (_, index) => {
    const row = new Float64Array(values.length);
    row[index] = penalties[index] ?? TOLERANCE;
    return row;
  });
  for (const [index, ones] of rows.entries()) {
    const chance = logistic(logOdds(values, ones));
    const error = (outcomes[index] === true ? 1 : 0) - chance;
    const weight = Math.max(chance * (1 - chance), TOLERANCE);
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

/**
 * Solves `matrix · x = right` by Cholesky decomposition, for a symmetric positive definite matrix. Reads
 * only the lower half, row by row, and overwrites it.
 */
export function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  decompose(matrix);
  const x = Float64Array.from(right);
  for (const [i, row] of matrix.entries()) {
    let sum = x[i] ?? 0;
    for (let j = 0; j < i; j++) sum -= (row[j] ?? 0) * (x[j] ?? 0);
    x[i] = sum / (row[i] ?? 1);
  }
  for (let i = matrix.length - 1; i >= 0; i--) {
    const row = matrix[i] ?? x;
    const value = (x[i] ?? 0) / (row[i] ?? 1);
    x[i] = value;
    for (let j = 0; j < i; j++) x[j] = (x[j] ?? 0) - (row[j] ?? 0) * value;
  }
  return x;
}

/** Replaces the lower half of a matrix by its Cholesky factor. Throws if it is not positive definite. */
function decompose(matrix: readonly Float64Array[]) {
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j < i; j++) {
      const other = matrix[j] ?? row;
      row[j] = ((row[j] ?? 0) - product(row, other, j)) / (other[j] ?? 1);
    }
    const left = (row[i] ?? 0) - product(row, row, i);
    if (!(left > 0)) throw new Error(`the matrix is not positive definite at ${i}`);
    row[i] = Math.sqrt(left);
  }
}

function product(one: Float64Array, other: Float64Array, length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += (one[k] ?? 0) * (other[k] ?? 0);
  return sum;
}
