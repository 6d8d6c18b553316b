import type { Prediction } from "./area.ts";

/** Calls of about the same chance: the mean of what was said, and the share that was accepted. */
export type CurvePoint = { calls: number; said: number; seen: number };

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
