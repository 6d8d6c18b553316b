import { type Locale, type Message, say } from "../../platform/message/index.ts";
import type { Driver } from "./drivers-of.ts";
import type { Traits } from "./traits.ts";
import { ATTRIBUTE, HistoryTrait } from "./traits-before.ts";

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
