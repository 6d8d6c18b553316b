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
  /** Writes the class of each number, given as its digits, from a row to another; -1 for 0, which is none. */
  classify: (digits: Float64Array, from: number, to: number, classes: Int32Array) => void;
  /** By class. */
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

  let live = new Int32Array(0);
  let answers = new Int32Array(0);
  return {
    verdicts,
    classify(digits, from, to, classes) {
      if (live.length < to) [live, answers] = [new Int32Array(to), new Int32Array(to)];
      // In short loops of their own, for the processor then reaches into memory for many rows at once.
      for (let row = from; row < to; row++) live[row] = findOwn(own, digits[row] ?? 0);
      for (let row = from; row < to; row++) answers[row] = answersOf(registries, digits[row] ?? 0);
      likenesses.meet(live.subarray(from, to));
      for (let row = from; row < to; row++) {
        const number = digits[row] ?? 0;
        classes[row] = number === 0 ? -1 : classOf(number, live[row] ?? -1, answers[row] ?? 0);
      }
    },
  };
}
