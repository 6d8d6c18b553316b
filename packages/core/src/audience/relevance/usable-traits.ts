import { isSpecialCategory } from "./is-special-category.ts";
import type { Trait, Traits } from "./traits.ts";
import { ATTRIBUTE, HistoryTrait } from "./traits-before.ts";

const categories = new Set<string>([
  HistoryTrait.lastResult,
  HistoryTrait.category,
  HistoryTrait.offer,
  HistoryTrait.resultOfOffer,
]);
const historyTraits = Object.values(HistoryTrait).map((name): Trait => ({
  name,
  kind: categories.has(name) ? "category" : "number",
}));

/**
 * What may be weighed of some people: their history, and those of their attributes of which neither the
 * name nor any value tells of a special category. Such an attribute is left out whole: that nothing is
 * known of somebody would tell the same.
 */
export function usableTraits(people: readonly Traits[]): Trait[] {
  const values = new Map<string, Set<string | number>>();
  for (const [name, value] of people.flatMap((traits) => Object.entries(traits))) {
    if (!name.startsWith(ATTRIBUTE) || value === null) continue;
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const attributes = [...values]
    .filter(([name, of]) => ![name.slice(ATTRIBUTE.length), ...of].some(tellsSpecial))
    .map(([name, of]): Trait => ({ name, kind: [...of].every(isNumber) ? "number" : "category" }));
  return [...historyTraits, ...attributes.toSorted((a, b) => (a.name < b.name ? -1 : 1))];
}

const tellsSpecial = (value: string | number) => isSpecialCategory(String(value));
const isNumber = (value: string | number) => typeof value === "number";
