import {
  type Observation,
  type Prediction,
  solve,
  type Trait,
} from "@ringfence/core/audience/relevance";

const STEPS = 25;
/** The default of scikit-learn's `LogisticRegression`. */
const PENALTY = 1;

/**
 * The peer: plain logistic regression, with a column for each category, and numbers scaled to mean
 * 0 and deviation 1. An unknown number counts as 0.
 */
export function plainLogistic(
  traits: readonly Trait[],
  learned: readonly Observation[],
  tested: readonly Observation[],
): Prediction[] {
  const columns = traits.flatMap((trait) => createColumns(trait, learned));
  const toRow = ({ traits }: Observation) => [1, ...columns.map((column) => column(traits))];
  const rows = learned.map(toRow);
  const weights = new Float64Array(columns.length + 1);
  for (let step = 0; step < STEPS; step++) {
    const change = stepFrom(weights, rows, learned);
    for (const [index, by] of change.entries()) weights[index] = (weights[index] ?? 0) + by;
    if (Math.max(...change.map(Math.abs)) < 1e-8) break;
  }
  return tested.map((call) => ({
    chance: predictChance(weights, toRow(call)),
    isAccepted: call.isAccepted,
  }));
}

type Column = (traits: Observation["traits"]) => number;

function createColumns({ name, kind }: Trait, learned: readonly Observation[]): Column[] {
  const values = learned.map(({ traits }) => traits[name] ?? 0);
  if (kind === "category") {
    return [...new Set(values)].map((value) => (traits) => (traits[name] === value ? 1 : 0));
  }
  const mean = values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length;
  const square = values.reduce<number>((sum, value) => sum + (Number(value) - mean) ** 2, 0);
  const deviation = Math.sqrt(square / values.length) || 1;
  return [(traits) => (Number(traits[name] ?? 0) - mean) / deviation];
}

const predictChance = (weights: Float64Array, row: readonly number[]) =>
  1 / (1 + Math.exp(-row.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0)));

function stepFrom(
  weights: Float64Array,
  rows: readonly (readonly number[])[],
  learned: readonly Observation[],
): Float64Array {
  const downhill = weights.map((weight, index) => (index === 0 ? 0 : -PENALTY * weight));
  const curve = Array.from(weights, (_, index) => {
    const row = new Float64Array(weights.length);
    row[index] = index === 0 ? 1e-9 : PENALTY;
    return row;
  });
  for (const [place, row] of rows.entries()) {
    const chance = predictChance(weights, row);
    const error = (learned[place]?.isAccepted === true ? 1 : 0) - chance;
    for (const [a, value] of row.entries()) {
      if (value === 0) continue;
      downhill[a] = (downhill[a] ?? 0) + error * value;
      const line = curve[a] ?? weights;
      for (let b = 0; b <= a; b++) {
        line[b] = (line[b] ?? 0) + chance * (1 - chance) * value * (row[b] ?? 0);
      }
    }
  }
  return solve(curve, downhill);
}
