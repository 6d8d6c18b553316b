import { z } from "zod";
import { type Trait, type Traits, readNumber, readCategory } from "./traits.ts";
import type { ActiveColumns } from "./fit-logistic.ts";

const Value = z.object({ trait: z.string(), value: z.string() });

/** A yes-or-no feature of a person before a call. */
export const Feature = z.discriminatedUnion("is", [
  Value.extend({ is: z.literal("value") }),
  /** True from this number on. Steps that are passed add up. */
  z.object({ is: z.literal("from"), trait: z.string(), from: z.number() }),
  z.object({ is: z.literal("unknown"), trait: z.string() }),
  z.object({ is: z.literal("both"), values: z.tuple([Value, Value]) }),
]);
export type Feature = z.infer<typeof Feature>;

/** Lists the traits that a feature uses. */
export const listTraits = (feature: Feature): string[] =>
  feature.is === "both" ? feature.values.map(({ trait }) => trait) : [feature.trait];

/** True if a person has a feature. An unknown number passes no step, and an unknown category has no value. */
export function hasFeature(feature: Feature, traits: Traits): boolean {
  switch (feature.is) {
    case "value":
      return readCategory(traits, feature.trait) === feature.value;
    case "from":
      return (readNumber(traits, feature.trait) ?? -Infinity) >= feature.from;
    case "unknown":
      return readNumber(traits, feature.trait) === null;
    case "both":
      return feature.values.every(({ trait, value }) => readCategory(traits, trait) === value);
  }
}

/** Traits to build features from, and pairs of categories that matter together. */
export type FeatureSources = {
  traits: readonly Trait[];
  pairs?: readonly (readonly [string, string])[];
};

/** A feature that fewer have, or fewer lack, is left out: its weight would be chance, and could identify them. */
const MIN_PEOPLE = 20;
const STEPS = 10;

/**
 * Creates the features that enough people have and enough others do not. `people` has one entry for each call, so
 * a person who was called twice counts twice.
 */
export function createFeatures(
  { traits, pairs = [] }: FeatureSources,
  people: readonly Traits[],
): Feature[] {
  const single = traits.flatMap(({ name, kind }) =>
    kind === "category" ? createCategoryFeatures(name, people) : createStepFeatures(name, people),
  );
  return [...single, ...pairs.flatMap((pair) => createPairFeatures(pair, people))];
}

const isEnough = (count: number, all: number) => count >= MIN_PEOPLE && all - count >= MIN_PEOPLE;

function createCategoryFeatures(trait: string, people: readonly Traits[]): Feature[] {
  const counts = countBy(people.map((traits) => readCategory(traits, trait)));
  return [...counts]
    .filter(([value, count]) => value !== "" && isEnough(count, people.length))
    .map(([value]) => ({ is: "value", trait, value }));
}

/** Places steps at the deciles of the known numbers. */
function createStepFeatures(trait: string, people: readonly Traits[]): Feature[] {
  const known = people
    .map((traits) => readNumber(traits, trait))
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
  const hasEnoughUnknown = isEnough(people.length - known.length, people.length);
  return hasEnoughUnknown ? [...features, { is: "unknown", trait }] : features;
}

function createPairFeatures(
  [one, other]: readonly [string, string],
  people: readonly Traits[],
): Feature[] {
  const pairs = people.map((traits) =>
    JSON.stringify([readCategory(traits, one), readCategory(traits, other)]),
  );
  return [...countBy(pairs)]
    .filter(([, count]) => isEnough(count, people.length))
    .flatMap(([pair]) => {
      const [first, second]: [string, string] = JSON.parse(pair);
      // An unknown value predicts nothing.
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

/** Counts values, in order of first appearance. */
function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Lists the indexes of the features that a person has. */
export function findActiveColumns(features: readonly Feature[], traits: Traits): ActiveColumns {
  const ones: number[] = [];
  for (const [index, feature] of features.entries())
    if (hasFeature(feature, traits)) ones.push(index);
  return ones;
}
