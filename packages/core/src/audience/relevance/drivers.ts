import { holds, traitsIn } from "./features.ts";
import type { Model } from "./model.ts";
import { ATTRIBUTE, HistoryTrait, type Traits } from "./traits.ts";
import { type Locale, type Message, say } from "../../platform/message/index.ts";

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

/** Odds that change by half or more are said to change much. */
const MUCH = Math.log(1.5);

/** What is known of a person, and which way it moves their chance, as a sentence without its full stop. */
export function tellDriver(locale: Locale, { traits: names, effect }: Driver, of: Traits): string {
  const trait = names.map((name) => say(locale, traitMessage(name, of[name] ?? null))).join(", ");
  const way = effect < 0 ? "less" : "more";
  const much = Math.abs(effect) >= MUCH ? "yes" : "no";
  return say(locale, { key: "relevance.driver", values: { trait, way, much } });
}

const keys: Record<string, Message["key"]> = {
  [HistoryTrait.calls]: "relevance.calls",
  [HistoryTrait.sinceCall]: "relevance.since-call",
  [HistoryTrait.lastResult]: "relevance.last-result",
  [HistoryTrait.purchases]: "relevance.purchases",
  [HistoryTrait.spent]: "relevance.spent",
  [HistoryTrait.sincePurchase]: "relevance.since-purchase",
  [HistoryTrait.visits]: "relevance.visits",
  [HistoryTrait.category]: "relevance.category",
  [HistoryTrait.offer]: "relevance.offer",
  [HistoryTrait.resultOfOffer]: "relevance.result-of-offer",
};

function traitMessage(trait: string, value: string | number | null): Message {
  const known = value === null ? "no" : "yes";
  const key = keys[trait];
  if (key === undefined) {
    const name = trait.startsWith(ATTRIBUTE) ? trait.slice(ATTRIBUTE.length) : trait;
    return { key: "relevance.attribute", values: { name, known, value: value ?? "" } };
  }
  // Amounts are in hundredths.
  const shown = trait === HistoryTrait.spent ? Number(value) / 100 : (value ?? 0);
  return { key, values: { known, value: shown } };
}
