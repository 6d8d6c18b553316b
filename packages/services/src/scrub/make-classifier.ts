import type { Phone } from "@ringfence/core/phone";
import { makeNumberIndex, placeNumber } from "@ringfence/core/scrub";
import { screen, type Verdict } from "@ringfence/core/screening";
import type { AskedCall } from "../screening/asked-call.ts";
import { LIMIT, makeLikeness, pairOf } from "./likeness.ts";
import { likenessesOfNumbers } from "./likenesses-of-numbers.ts";
import { findOwn } from "./own-facts.ts";
import { answersOf, groupsOf } from "./registry-answers.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** Puts numbers into classes of equal facts, and has `screen` decide once about each class. */
export type Classifier = {
  /** The class of each number, given as its digits, from 1 on; 0 for 0, which is none. */
  classify: (numbers: Float64Array) => Int32Array<ArrayBuffer>;
  /** Of the classes from 1 on. */
  verdicts: readonly Verdict[];
};

/** `phoneKey` is asked about each number, where something is known of one that was erased. */
export function makeClassifier(
  snapshot: ScrubSnapshot,
  call: AskedCall,
  phoneKey: (phone: Phone) => Uint8Array,
): Classifier {
  const { own } = snapshot;
  const likeness = makeLikeness();
  const likenesses = likenessesOfNumbers(likeness, snapshot, call, phoneKey);
  const [registries = [], ...moreRegistries] = groupsOf(snapshot.registries);
  const classes = makeNumberIndex(65_536);
  const verdicts: Verdict[] = [];

  const classOf = (digits: number, live: number, answers: number): number => {
    let alike = likenesses.of(digits, live);
    for (const group of moreRegistries) alike = pairOf(likeness, alike, answersOf(group, digits));
    const found = placeNumber(classes, alike * LIMIT + answers);
    if (found === verdicts.length) verdicts.push(screen(likenesses.allFacts(digits, live)));
    return found;
  };

  return {
    verdicts,
    classify(numbers) {
      const count = numbers.length;
      const [live, answers] = [new Int32Array(count), new Int32Array(count)];
      const classes = new Int32Array(count);
      // In short loops of their own, for the processor then reaches into memory for many rows at once.
      for (let row = 0; row < count; row++) live[row] = findOwn(own, numbers[row] ?? 0);
      for (let row = 0; row < count; row++) answers[row] = answersOf(registries, numbers[row] ?? 0);
      likenesses.meet(live);
      for (let row = 0; row < count; row++) {
        const digits = numbers[row] ?? 0;
        if (digits !== 0) classes[row] = 1 + classOf(digits, live[row] ?? -1, answers[row] ?? 0);
      }
      return classes;
    },
  };
}
