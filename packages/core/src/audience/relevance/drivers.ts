import { hasFeature, listTraits } from "./features.ts";
import type { Model } from "./model.ts";
import { ATTRIBUTE_PREFIX, HistoryTrait, type Traits } from "./traits.ts";
import {
  type KeyTaking,
  type Locale,
  type Message,
  createMessage,
  say,
} from "../../platform/message/index.ts";

/** Traits that change a chance, and their effect in log odds: signed for a person, a size for all people. */
export type Driver = { traits: readonly string[]; effect: number };

/** A smaller effect changes the odds by less than a twentieth and is not shown. */
const MIN_EFFECT = 0.05;

/** Finds what sets a person's chance apart from the average, strongest first. */
export function findDrivers({ weights, calibration }: Model, traits: Traits): Driver[] {
  const effects = new Map<string, Driver>();
  for (const { feature, weight, share } of weights) {
    const names = listTraits(feature);
    const key = names.join("\n");
    const effect = calibration.slope * weight * ((hasFeature(feature, traits) ? 1 : 0) - share);
    effects.set(key, { traits: names, effect: (effects.get(key)?.effect ?? 0) + effect });
  }
  return sortByStrength(effects.values());
}

/**
 * Finds what affects chances most across all people: the summed standard deviation of each trait's
 * features.
 */
export function findMainDrivers({ weights, calibration }: Model): Driver[] {
  const effects = new Map<string, Driver>();
  for (const { feature, weight, share } of weights) {
    const names = listTraits(feature);
    const key = names.join("\n");
    const effect = calibration.slope * Math.abs(weight) * Math.sqrt(share * (1 - share));
    effects.set(key, { traits: names, effect: (effects.get(key)?.effect ?? 0) + effect });
  }
  return sortByStrength(effects.values());
}

const sortByStrength = (drivers: Iterable<Driver>): Driver[] =>
  [...drivers]
    .filter(({ effect }) => Math.abs(effect) >= MIN_EFFECT)
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));

/** An effect that changes the odds by half or more is called strong. */
const STRONG_EFFECT = Math.log(1.5);

/** Describes a trait of a person and its effect as a sentence, without the full stop. */
export function describeDriver(
  locale: Locale,
  { traits: names, effect }: Driver,
  person: Traits,
): string {
  const trait = names
    .map((name) => say(locale, toTraitMessage(name, person[name] ?? null)))
    .join(", ");
  const way = effect < 0 ? "less" : "more";
  const much = Math.abs(effect) >= STRONG_EFFECT ? "yes" : "no";
  return say(locale, { key: "relevance.driver", values: { trait, way, much } });
}

const numberTraits: Record<string, KeyTaking<{ known: string; value: number }>> = {
  [HistoryTrait.calls]: "relevance.calls",
  [HistoryTrait.sinceCall]: "relevance.since-call",
  [HistoryTrait.purchases]: "relevance.purchases",
  [HistoryTrait.spent]: "relevance.spent",
  [HistoryTrait.sincePurchase]: "relevance.since-purchase",
  [HistoryTrait.visits]: "relevance.visits",
};

const textTraits: Record<string, KeyTaking<{ known: string; value: string | number }>> = {
  [HistoryTrait.lastResult]: "relevance.last-result",
  [HistoryTrait.category]: "relevance.category",
  [HistoryTrait.offer]: "relevance.offer",
  [HistoryTrait.resultOfOffer]: "relevance.result-of-offer",
};

function toTraitMessage(trait: string, value: string | number | null): Message {
  const known = value === null ? "no" : "yes";
  const numberKey = numberTraits[trait];
  if (numberKey !== undefined) {
    // Amounts are in hundredths.
    const shown = Number(value ?? 0) / (trait === HistoryTrait.spent ? 100 : 1);
    return createMessage(numberKey, { known, value: shown });
  }
  const textKey = textTraits[trait];
  if (textKey !== undefined) return createMessage(textKey, { known, value: value ?? 0 });
  const name = trait.startsWith(ATTRIBUTE_PREFIX) ? trait.slice(ATTRIBUTE_PREFIX.length) : trait;
  return { key: "relevance.attribute", values: { name, known, value: value ?? "" } };
}
