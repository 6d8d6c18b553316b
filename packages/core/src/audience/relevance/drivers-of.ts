import { holds, traitsIn } from "./feature.ts";
import type { Model } from "./model.ts";
import type { Traits } from "./traits.ts";

/** What moves a chance: a trait, and by how much, in log odds. */
export type Driver = { traits: readonly string[]; effect: number };

/** A driver below this changes the odds by less than a twentieth: it is not worth a word. */
const LEAST_EFFECT = 0.05;

/** What makes the chance of a person differ from that of the usual one, the strongest first. */
export function driversOf({ weights, calibration }: Model, traits: Traits): Driver[] {
  const effects = new Map<string, Driver>();
  for (const { feature, weight, share } of weights) {
    const names = traitsIn(feature);
    const key = names.join("\n");
    const effect = calibration.slope * weight * ((holds(feature, traits) ? 1 : 0) - share);
    effects.set(key, { traits: names, effect: (effects.get(key)?.effect ?? 0) + effect });
  }
  return strongest(effects.values());
}

/** What moves chances most among all people: the standard deviation of each trait's features, added. */
export function mainDrivers({ weights, calibration }: Model): Driver[] {
  const effects = new Map<string, Driver>();
  for (const { feature, weight, share } of weights) {
    const names = traitsIn(feature);
    const key = names.join("\n");
    const effect = calibration.slope * Math.abs(weight) * Math.sqrt(share * (1 - share));
    effects.set(key, { traits: names, effect: (effects.get(key)?.effect ?? 0) + effect });
  }
  return strongest(effects.values());
}

const strongest = (drivers: Iterable<Driver>): Driver[] =>
  [...drivers]
    .filter(({ effect }) => Math.abs(effect) >= LEAST_EFFECT)
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
