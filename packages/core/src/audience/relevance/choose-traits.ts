import { isSteady } from "./is-steady.ts";
import { forwardSplits } from "./splits.ts";
import { measureLoss } from "./train-model.ts";
import type { Observation, Trait } from "./traits.ts";

/**
 * Chooses the traits to weigh from calls in chronological order. Keeps each trait that stays much the same
 * over time. Keeps a changing one (the month, a kind of phone that was called in one season) only if it
 * improves the prediction of later calls in the sample.
 */
export function chooseTraits(
  candidates: readonly Trait[],
  observations: readonly Observation[],
): Trait[] {
  const splits = forwardSplits(observations.length);
  const lossWith = (traits: readonly Trait[]) => measureLoss(observations, { traits }, splits);
  let chosen = candidates.filter((trait) => isSteady(trait, observations));
  const changing = candidates.filter((trait) => !chosen.includes(trait));
  if (changing.length === 0) return chosen;

  let least = lossWith(chosen);
  for (const trait of changing) {
    const loss = lossWith([...chosen, trait]);
    if (loss < least) [chosen, least] = [[...chosen, trait], loss];
  }
  return chosen;
}
