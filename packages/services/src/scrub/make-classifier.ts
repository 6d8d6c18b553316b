import { type Phone, phoneOfDigits } from "@ringfence/core/phone";
import { makeNumberIndex, placeNumber } from "@ringfence/core/scrub";
import { screen, type ScreeningFacts, type Verdict } from "@ringfence/core/screening";
import type { AskedCall } from "../screening/asked-call.ts";
import { factsOf } from "../screening/facts-of.ts";
import { factsAt, datedListings } from "./facts-at.ts";
import { factsLikeness } from "./facts-likeness.ts";
import { LIMIT, makeLikeness, pairOf } from "./likeness.ts";
import { likenessesOfPlaces } from "./likenesses-of-places.ts";
import { findErased, findOwn } from "./own-facts.ts";
import { answersOf, groupsOf } from "./registry-answers.ts";
import { snapshotRow } from "./snapshot-row.ts";
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
  const { own, settings } = snapshot;
  const likeness = makeLikeness();
  const [registries = [], ...moreRegistries] = groupsOf(snapshot.registries);
  const classes = makeNumberIndex(65_536);
  const verdicts: Verdict[] = [];
  /** By phone; 0 while it is not known. */
  const likenessOfPhone = new Int32Array(own.phones.size);

  const allFacts = (digits: number, facts: readonly number[]): ScreeningFacts =>
    factsOf(phoneOfDigits(digits), call, snapshotRow(snapshot, digits, facts), settings);
  const placeFor = likenessesOfPlaces(likeness, snapshot, allFacts);
  const likenessOfFacts = factsLikeness(likeness, snapshot, call);
  const erasedOf = (digits: number) =>
    findErased(own, Buffer.from(phoneKey(phoneOfDigits(digits))).toString("latin1"));

  const likenessFor = (digits: number, live: number, erased: number): number => {
    const phone = live === -1 ? erased : live;
    if (phone === -1) return pairOf(likeness, placeFor(digits, []).id, 0);
    const known = likenessOfPhone[phone] ?? 0;
    if (known !== 0) return known;
    const facts = [...factsAt(own, live, erased), ...datedListings(snapshot, digits)];
    const place = placeFor(digits, facts);
    const made = pairOf(likeness, place.id, likenessOfFacts(facts, place));
    likenessOfPhone[phone] = made;
    return made;
  };

  const classOf = (digits: number, live: number, answers: number): number => {
    const erased = own.erased.size > 0 ? erasedOf(digits) : -1;
    let alike = likenessFor(digits, live, erased);
    for (const group of moreRegistries) alike = pairOf(likeness, alike, answersOf(group, digits));
    const found = placeNumber(classes, alike * LIMIT + answers);
    if (found === verdicts.length) {
      verdicts.push(screen(allFacts(digits, factsAt(own, live, erased))));
    }
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
      for (let row = from; row < to; row++) {
        const number = digits[row] ?? 0;
        classes[row] = number === 0 ? -1 : classOf(number, live[row] ?? -1, answers[row] ?? 0);
      }
    },
  };
}
