import type { Prediction } from "./area.ts";

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
