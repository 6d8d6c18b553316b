import { z } from "zod";
import { numberIn, type Traits, valueIn } from "./traits.ts";

const Value = z.object({ trait: z.string(), value: z.string() });

/** What holds for a person or not: 1 or 0. */
export const Feature = z.discriminatedUnion("is", [
  Value.extend({ is: z.literal("value") }),
  /** A number of at least this much: steps that are crossed add up. */
  z.object({ is: z.literal("from"), trait: z.string(), from: z.number() }),
  z.object({ is: z.literal("unknown"), trait: z.string() }),
  z.object({ is: z.literal("both"), values: z.tuple([Value, Value]) }),
]);
export type Feature = z.infer<typeof Feature>;

/** The traits that a feature is made of. */
export const traitsIn = (feature: Feature): string[] =>
  feature.is === "both" ? feature.values.map(({ trait }) => trait) : [feature.trait];

export function holds(feature: Feature, traits: Traits): boolean {
  switch (feature.is) {
    case "value":
      return valueIn(traits, feature.trait) === feature.value;
    case "from":
      return (numberIn(traits, feature.trait) ?? -Infinity) >= feature.from;
    case "unknown":
      return numberIn(traits, feature.trait) === null;
    case "both":
      return feature.values.every(({ trait, value }) => valueIn(traits, trait) === value);
  }
}
