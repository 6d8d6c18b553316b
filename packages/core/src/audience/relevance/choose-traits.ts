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
 * Chooses the traits to weigh from calls in chronological order. Keeps each trait that stays much the same
 * over time. Keeps a changing one (the month, a kind of phone that was called in one season) only if it
 * improves the prediction of later calls in the sample.
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

  let least = lossWith(chosen);
  for (const trait of changing) {
    const loss = lossWith([...chosen, trait]);
    if (loss < least) [chosen, least] = [[...chosen, trait], loss];
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
 * special category. An attribute that does is left out for everyone, because a missing value would reveal
 * it too.
 */
export function listUsableTraits(people: readonly Traits[]): Trait[] {
  const values = new Map<string, Set<string | number>>();
  for (const [name, value] of people.flatMap((traits) => Object.entries(traits))) {
    if (!name.startsWith(ATTRIBUTE_PREFIX) || value === null) continue;
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const attributes = [...values]
    .filter(([name, of]) => ![name.slice(ATTRIBUTE_PREFIX.length), ...of].some(tellsSpecial))
    .map(([name, of]): Trait => ({ name, kind: [...of].every(isNumber) ? "number" : "category" }));
  return [...historyTraits, ...attributes.toSorted((a, b) => (a.name < b.name ? -1 : 1))];
}

const tellsSpecial = (value: string | number) => isSpecialCategory(String(value));
const isNumber = (value: string | number) => typeof value === "number";

/** Share of calls whose value may differ between the older and the newer half. */
const MOST_CHANGED = 0.25;

/**
 * True if a trait is distributed alike in the older and the newer half of the calls, by total variation. A
 * trait that is not (the month, a phone type called only in spring) describes the time rather than the
 * person, and misleads about later calls.
 */
export function isSteady({ name, kind }: Trait, observations: readonly Observation[]): boolean {
  const middle = Math.floor(observations.length / 2);
  const cuts = kind === "number" ? findQuartiles(name, observations) : [];
  const shares = new Map<string, number>();
  for (const [index, { traits }] of observations.entries()) {
    const number = readNumber(traits, name);
    const step = String(cuts.filter((cut) => number !== null && number >= cut).length);
    const value = kind === "category" ? readCategory(traits, name) : number === null ? "" : step;
    const share = index < middle ? 1 / middle : -1 / (observations.length - middle);
    shares.set(value, (shares.get(value) ?? 0) + share);
  }
  const changed = [...shares.values()].reduce((sum, share) => sum + Math.abs(share), 0) / 2;
  return changed <= MOST_CHANGED;
}

function findQuartiles(name: string, observations: readonly Observation[]): number[] {
  const known = observations
    .map(({ traits }) => readNumber(traits, name))
    .filter((number) => number !== null)
    .toSorted((a, b) => a - b);
  return [1, 2, 3].map((quarter) => known[Math.floor((known.length * quarter) / 4)] ?? 0);
}
