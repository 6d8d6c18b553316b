import { type Phone, phoneFromDigits } from "@ringfence/core/people/phone";
import type { ScreeningFacts } from "@ringfence/core/calling/screening";
import type { AskedCall } from "../screening/asked-call.ts";
import { factsOf } from "../screening/facts-of.ts";
import { makeFactsByKind } from "./facts-by-kind.ts";
import { factsAt, hasPorts, makeDatedListings, makeIsPorted } from "./facts-at.ts";
import { factsLikeness } from "./facts-likeness.ts";
import { type Likeness, LIMIT, pairOf } from "./likeness.ts";
import { likenessesOfPlaces } from "./likenesses-of-places.ts";
import { factsOfPhone, findErased, type OwnFacts, reachFor } from "./own-facts.ts";
import { snapshotRow } from "./snapshot-row.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** Stands before what was told apart by instants far ahead too; no place is so high a number. */
const EXACT = LIMIT - 2;

/** The facts of so many phones the processor keeps at hand. */
const AT_HAND = 256;

/** The digits of numbers, and the places of their plans. */
export type Numbers = { digits: Float64Array; plans: Int32Array };

/** What a verdict can see of numbers, but for what registries answer: equal for those it cannot tell apart. */
export function likenessesOfNumbers(
  likeness: Likeness,
  snapshot: ScrubSnapshot,
  call: AskedCall,
  phoneKey: (phone: Phone) => Uint8Array,
) {
  const { own, settings } = snapshot;
  const allFacts = (digits: number, facts: readonly number[]): ScreeningFacts =>
    factsOf(phoneFromDigits(digits), call, snapshotRow(snapshot, digits, facts), settings);
  const placeFor = likenessesOfPlaces(likeness, snapshot, allFacts);
  const ofStranger = likenessesOfStrangers(likeness, placeFor);
  const likenessOfFacts = factsLikeness(likeness, snapshot, call);
  /** Asked only where something is known of numbers that were erased, for a key takes long to make. */
  const erasedOf = (digits: number) =>
    own.erased.size === 0
      ? -1
      : findErased(own, Buffer.from(phoneKey(phoneFromDigits(digits))).toString("latin1"));

  const datedListings = makeDatedListings(snapshot);
  const isPorted = makeIsPorted(snapshot);
  const byKind = makeFactsByKind(own);

  const ofKnown = (
    digits: number,
    plan: number,
    facts: readonly number[],
    far: boolean,
  ): number => {
    const dated = datedListings(digits);
    const kinds = byKind(dated.length === 0 ? facts : [...facts, ...dated]);
    const place = placeFor(digits, plan, kinds.place);
    const spans = far ? place.far : place.near;
    return pairOf(likeness, place.id, likenessOfFacts(kinds, spans, place.cap));
  };
  const meetings = meetingsOf(own, (phone, digits, plan) =>
    ofKnown(digits, plan, factsAt(own, phone, erasedOf(digits)), false),
  );

  return {
    allFacts: (digits: number, live: number) =>
      allFacts(digits, factsAt(own, live, erasedOf(digits))),

    /** Whether of a number that has no phone here nothing is known but its plan. */
    areStrangersAlike: own.erased.size === 0 && !hasPorts(snapshot),

    meet: meetings.meet,

    /** Of a number, and the place of its phone where it has one: as far as near instants tell. */
    of(digits: number, plan: number, live: number): number {
      if (live !== -1) return meetings.met(live);
      const erased = erasedOf(digits);
      if (erased === -1 && !isPorted(digits)) return ofStranger(digits, plan);
      return ofKnown(digits, plan, factsOfPhone(own, erased), false);
    },

    /** The same where instants far ahead may tell numbers apart. */
    exactly(digits: number, plan: number, live: number): number {
      const facts = factsAt(own, live, erasedOf(digits));
      return pairOf(
        likeness,
        EXACT,
        facts.length === 0 && !isPorted(digits)
          ? ofStranger(digits, plan)
          : ofKnown(digits, plan, facts, true),
      );
    },
  };
}

/** Finds what is asked of each phone once, and of many phones at a time. */
function meetingsOf(own: OwnFacts, find: (phone: number, digits: number, plan: number) => number) {
  /** By phone; 0 while it was not met. */
  const ofPhone = new Int32Array(own.phones.size);
  /** Phones that were not met before, and the rows in which they stand. */
  const [phones, rows] = [new Int32Array(AT_HAND), new Int32Array(AT_HAND)];

  const meetFirst = (count: number, { digits, plans }: Numbers) => {
    reachFor(own, phones, count);
    for (let place = 0; place < count; place++) {
      const [phone, row] = [phones[place] ?? -1, rows[place] ?? -1];
      ofPhone[phone] = find(phone, digits[row] ?? 0, plans[row] ?? -1);
    }
  };
  return {
    /** Has to be done before phones are asked for; `live` are those of numbers, -1 where there is none. */
    meet: (numbers: Numbers, live: Int32Array) => {
      let count = 0;
      for (let row = 0; row < live.length; row++) {
        const phone = live[row] ?? -1;
        if (phone === -1 || ofPhone[phone] !== 0) continue;
        phones[count] = phone;
        rows[count++] = row;
        if (count < AT_HAND) continue;
        meetFirst(count, numbers);
        count = 0;
      }
      meetFirst(count, numbers);
    },
    met: (phone: number): number => {
      const found = ofPhone[phone] ?? 0;
      if (found === 0) throw new Error(`phone ${phone} was not met`);
      return found;
    },
  };
}

/** Of numbers of which nothing is known: one for each plan. */
function likenessesOfStrangers(
  likeness: Likeness,
  placeFor: ReturnType<typeof likenessesOfPlaces>,
) {
  const ofPlan: (number | undefined)[] = [];
  return (digits: number, plan: number): number =>
    (ofPlan[plan] ??= pairOf(likeness, placeFor(digits, plan, []).id, 0));
}
