import { createForwardSplits, measureLoss } from "./train-model.ts";
import {
  ATTRIBUTE_PREFIX,
  HistoryTrait,
  type Observation,
  type Trait,
  type Traits,
  readNumber,
  readCategory,
} from "./traits.ts";
import { isSpecialCategory } from "./special-category.ts";

/**
 * Chooses the traits that the model will weigh. The observations must be in chronological order. Keeps each
 * trait that stays much the same over time. Keeps a changing one only if it improves the prediction of later
 * calls in the sample.
 */
export function chooseTraits(
  candidates: readonly Trait[],
  observations: readonly Observation[],
): Trait[] {
  const splits = createForwardSplits(observations.length);
  const lossWith = (traits: readonly Trait[]) => measureLoss(observations, { traits }, splits);
  let chosen = candidates.filter((trait) => isSteady(trait, observations));
  const changing = candidates.filter((trait) => !chosen.includes(trait));
  if (changing.length === 0) return chosen;

  let leastLoss = lossWith(chosen);
  for (const trait of changing) {
    const loss = lossWith([...chosen, trait]);
    if (loss < leastLoss) [chosen, leastLoss] = [[...chosen, trait], loss];
  }
  return chosen;
}

const categoryTraits = new Set<string>([
  HistoryTrait.lastResult,
  HistoryTrait.category,
  HistoryTrait.offer,
  HistoryTrait.resultOfOffer,
]);
const historyTraits = Object.values(HistoryTrait).map((name): Trait => ({
  name,
  kind: categoryTraits.has(name) ? "category" : "number",
}));

/**
 * Lists the traits that a model may use: the call history, and attributes whose name and values reveal no
 * special category of data, such as health (GDPR, article 9). An attribute that reveals one is left out for
 * everyone, because a value that is missing for some people only would reveal it too.
 */
export function listUsableTraits(people: readonly Traits[]): Trait[] {
  const values = new Map<string, Set<string | number>>();
  for (const [name, value] of people.flatMap((traits) => Object.entries(traits))) {
    if (!name.startsWith(ATTRIBUTE_PREFIX) || value === null) continue;
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const attributes = [...values]
    .filter(
      ([name, values]) =>
        ![name.slice(ATTRIBUTE_PREFIX.length), ...values].some(revealsSpecialCategory),
    )
    .map(([name, values]): Trait => ({
      name,
      kind: [...values].every(isNumber) ? "number" : "category",
    }));
  return [...historyTraits, ...attributes.toSorted((a, b) => (a.name < b.name ? -1 : 1))];
}

const revealsSpecialCategory = (value: string | number) => isSpecialCategory(String(value));
const isNumber = (value: string | number) => typeof value === "number";

/** Largest difference between the two halves, from 0 to 1, at which a trait is still steady. */
const MAX_CHANGE = 0.25;

/**
 * True if a trait has about the same distribution in the older and the newer half of the calls, which must be
 * in chronological order. The measure is the total variation distance. An unsteady trait, such as the month
 * or a phone type that was called only in spring, describes the time rather than the person, and misleads
 * about later calls.
 */
export function isSteady({ name, kind }: Trait, observations: readonly Observation[]): boolean {
  const middle = Math.floor(observations.length / 2);
  const cuts = kind === "number" ? findQuartiles(name, observations) : [];
  const shares = new Map<string, number>();
  for (const [index, { traits }] of observations.entries()) {
    const number = readNumber(traits, name);
    const quartile = String(cuts.filter((cut) => number !== null && number >= cut).length);
    const value =
      kind === "category" ? readCategory(traits, name) : number === null ? "" : quartile;
    const signedShare = index < middle ? 1 / middle : -1 / (observations.length - middle);
    shares.set(value, (shares.get(value) ?? 0) + signedShare);
  }
  const difference =
    [...shares.values()].reduce((sum, signedShare) => sum + Math.abs(signedShare), 0) / 2;
  return difference <= MAX_CHANGE;
}

function findQuartiles(name: string, observations: readonly Observation[]): number[] {
  const known = observations
    .map(({ traits }) => readNumber(traits, name))
    .filter((number) => number !== null)
    .toSorted((a, b) => a - b);
  return [1, 2, 3].map((quarter) => known[Math.floor((known.length * quarter) / 4)] ?? 0);
}
