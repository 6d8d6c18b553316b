import { numberIn, type Observation, type Trait, valueIn } from "./traits.ts";

/** The share of calls whose value may have changed hands. */
const MOST_CHANGED = 0.25;

/**
 * Whether a trait is much the same among the older and the newer half of the calls, in the order of time.
 * One that is not tells the time rather than the person, and misleads about later calls: so the month
 * does, and a kind of phone that was called in spring alone. Measured by total variation.
 */
export function isSteady({ name, kind }: Trait, observations: readonly Observation[]): boolean {
  const middle = Math.floor(observations.length / 2);
  const cuts = kind === "number" ? quartersOf(name, observations) : [];
  const shares = new Map<string, number>();
  for (const [index, { traits }] of observations.entries()) {
    const number = numberIn(traits, name);
    const step = String(cuts.filter((cut) => number !== null && number >= cut).length);
    const value = kind === "category" ? valueIn(traits, name) : number === null ? "" : step;
    const share = index < middle ? 1 / middle : -1 / (observations.length - middle);
    shares.set(value, (shares.get(value) ?? 0) + share);
  }
  const changed = [...shares.values()].reduce((sum, share) => sum + Math.abs(share), 0) / 2;
  return changed <= MOST_CHANGED;
}

function quartersOf(name: string, observations: readonly Observation[]): number[] {
  const known = observations
    .map(({ traits }) => numberIn(traits, name))
    .filter((number) => number !== null)
    .toSorted((a, b) => a - b);
  return [1, 2, 3].map((quarter) => known[Math.floor((known.length * quarter) / 4)] ?? 0);
}
