import type { Phone } from "@ringfence/core/phone";
import { findNumbers, makeNumberIndex, placeNumber } from "@ringfence/core/scrub";
import { screen, type Verdict } from "@ringfence/core/screening";
import type { AskedCall } from "../screening/asked-call.ts";
import { isSettled } from "./is-settled.ts";
import { LIMIT, makeLikeness, pairOf } from "./likeness.ts";
import { likenessesOfNumbers } from "./likenesses-of-numbers.ts";
import { answersOf } from "./registry-answers.ts";
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
  const registries = answersOf(snapshot.registries);
  const classes = makeNumberIndex(65_536);
  const verdicts: Verdict[] = [];
  /** Of each class: whether instants farther ahead may tell its numbers from one another. */
  const isOpen: boolean[] = [];

  const classOf = (key: number, digits: number, live: number): number => {
    const found = placeNumber(classes, key);
    if (found === verdicts.length) {
      const verdict = screen(likenesses.allFacts(digits, live));
      verdicts.push(verdict);
      isOpen.push(!isSettled(verdict, snapshot.at));
    }
    return found;
  };

  return {
    verdicts,
    classify(numbers) {
      const [live, found] = [new Int32Array(numbers.length), new Int32Array(numbers.length)];
      findNumbers(own.phones, numbers, live);
      const [answers, ...more] = registries.map((ask) => ask(numbers));
      const keyOf = (alike: number, row: number) => {
        let all = alike;
        for (const others of more) all = pairOf(likeness, all, others[row] ?? 0);
        return all * LIMIT + (answers?.[row] ?? 0);
      };
      likenesses.meet(live);
      for (let row = 0; row < numbers.length; row++) {
        const [digits, phone] = [numbers[row] ?? 0, live[row] ?? -1];
        if (digits === 0) continue;
        let place = classOf(keyOf(likenesses.of(digits, phone), row), digits, phone);
        if (isOpen[place]) {
          place = classOf(keyOf(likenesses.exactly(digits, phone), row), digits, phone);
        }
        found[row] = 1 + place;
      }
      return found;
    },
  };
}
