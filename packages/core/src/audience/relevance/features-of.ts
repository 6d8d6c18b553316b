import type { Feature } from "./feature.ts";
import { numberIn, type Trait, type Traits, valueIn } from "./traits.ts";

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
