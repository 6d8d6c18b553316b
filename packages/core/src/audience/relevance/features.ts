import { z } from "zod";
import { type Trait, type Traits, numberIn, valueIn } from "./traits.ts";
import type { Ones } from "./fit-logistic.ts";

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

/** What is to be weighed: traits, and pairs of categories that say more together. */
export type Weighed = {
  traits: readonly Trait[];
  pairs?: readonly (readonly [string, string])[];
};

/** A feature of fewer people is left out: its weight would be told by chance, and tell who they are. */
const FEWEST = 20;
const STEPS = 10;

/** The features that enough of some people have, and enough others have not. */
export function featuresOf({ traits, pairs = [] }: Weighed, people: readonly Traits[]): Feature[] {
  const single = traits.flatMap(({ name, kind }) =>
    kind === "category" ? valuesOf(name, people) : stepsOf(name, people),
  );
  return [...single, ...pairs.flatMap((pair) => pairsOf(pair, people))];
}

const isEnough = (count: number, all: number) => count >= FEWEST && all - count >= FEWEST;

function valuesOf(trait: string, people: readonly Traits[]): Feature[] {
  const counts = countBy(people.map((traits) => valueIn(traits, trait)));
  return [...counts]
    .filter(([value, count]) => value !== "" && isEnough(count, people.length))
    .map(([value]) => ({ is: "value", trait, value }));
}

/** At the tenths of those whose number is known. */
function stepsOf(trait: string, people: readonly Traits[]): Feature[] {
  const known = people
    .map((traits) => numberIn(traits, trait))
    .filter((number) => number !== null)
    .toSorted((a, b) => a - b);
  const ends = Array.from(
    { length: STEPS - 1 },
    (_, step) => known[Math.floor((known.length * (step + 1)) / STEPS)],
  );
  const steps = [...new Set(ends)].filter((from) => from !== undefined);
  const features: Feature[] = steps
    .filter((from) => isEnough(known.filter((number) => number >= from).length, known.length))
    .map((from) => ({ is: "from", trait, from }));
  const isUnknown = isEnough(people.length - known.length, people.length);
  return isUnknown ? [...features, { is: "unknown", trait }] : features;
}

function pairsOf([one, other]: readonly [string, string], people: readonly Traits[]): Feature[] {
  const pairs = people.map((traits) =>
    JSON.stringify([valueIn(traits, one), valueIn(traits, other)]),
  );
  return [...countBy(pairs)]
    .filter(([, count]) => isEnough(count, people.length))
    .flatMap(([pair]) => {
      const [first, second]: [string, string] = JSON.parse(pair);
      // What nobody knows tells nothing.
      if (first === "" || second === "") return [];
      return {
        is: "both",
        values: [
          { trait: one, value: first },
          { trait: other, value: second },
        ],
      };
    });
}

/** In the order in which they come first. */
function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Which of the features hold for a person, by their places. */
export function onesOf(features: readonly Feature[], traits: Traits): Ones {
  const ones: number[] = [];
  for (const [place, feature] of features.entries()) if (holds(feature, traits)) ones.push(place);
  return ones;
}
