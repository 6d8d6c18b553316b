import { type Phone, type PhonePlan, phoneOfDigits, planOf } from "@ringfence/core/phone";
import type { ScreeningFacts } from "@ringfence/core/screening";
import type { AskedCall } from "../screening/asked-call.ts";
import { factsOf } from "../screening/facts-of.ts";
import { factsByKind } from "./facts-by-kind.ts";
import { datedListings, factsAt, isPorted } from "./facts-at.ts";
import { factsLikeness } from "./facts-likeness.ts";
import { type Likeness, LIMIT, pairOf } from "./likeness.ts";
import { likenessesOfPlaces } from "./likenesses-of-places.ts";
import { factsOfPhone, findErased, reachFor } from "./own-facts.ts";
import { snapshotRow } from "./snapshot-row.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** Stands before what was told apart by instants far ahead too; no place is so high a number. */
const EXACT = LIMIT - 2;

/** The facts of so many phones the processor keeps at hand. */
const AT_HAND = 256;

/** What a verdict can see of numbers, but for what registries answer: equal for those it cannot tell apart. */
export function likenessesOfNumbers(
  likeness: Likeness,
  snapshot: ScrubSnapshot,
  call: AskedCall,
  phoneKey: (phone: Phone) => Uint8Array,
) {
  const { own, settings } = snapshot;
  /** By phone; 0 while it was not met. */
  const ofPhone = new Int32Array(own.phones.size);

  const allFacts = (digits: number, facts: readonly number[]): ScreeningFacts =>
    factsOf(phoneOfDigits(digits), call, snapshotRow(snapshot, digits, facts), settings);
  const placeFor = likenessesOfPlaces(likeness, snapshot, allFacts);
  const ofStranger = likenessesOfStrangers(likeness, placeFor);
  const likenessOfFacts = factsLikeness(likeness, snapshot, call);
  /** Asked only where something is known of numbers that were erased, for a key takes long to make. */
  const erasedOf = (digits: number) =>
    own.erased.size === 0
      ? -1
      : findErased(own, Buffer.from(phoneKey(phoneOfDigits(digits))).toString("latin1"));

  const ofKnown = (digits: number, facts: readonly number[], far: boolean): number => {
    const kinds = factsByKind(own, [...facts, ...datedListings(snapshot, digits)]);
    const place = placeFor(digits, kinds.place);
    const spans = far ? place.far : place.near;
    return pairOf(likeness, place.id, likenessOfFacts(kinds, spans, place.cap));
  };
  const met = (phone: number): number => {
    const found = ofPhone[phone] ?? 0;
    if (found === 0) throw new Error(`phone ${phone} was not met`);
    return found;
  };

  return {
    allFacts: (digits: number, live: number) =>
      allFacts(digits, factsAt(own, live, erasedOf(digits))),

    /** Has to be done before phones are asked for: of many at once. */
    meet(phones: Int32Array) {
      const strange = phones.filter((phone) => phone !== -1 && ofPhone[phone] === 0);
      for (let from = 0; from < strange.length; from += AT_HAND) {
        const some = strange.subarray(from, from + AT_HAND);
        reachFor(own, some);
        for (const phone of some) {
          const digits = own.phones.numbers[phone] ?? 0;
          ofPhone[phone] = ofKnown(digits, factsAt(own, phone, erasedOf(digits)), false);
        }
      }
    },

    /** Of a number, and the place of its phone where it has one: as far as near instants tell. */
    of(digits: number, live: number): number {
      if (live !== -1) return met(live);
      const erased = erasedOf(digits);
      if (erased === -1 && !isPorted(snapshot, digits)) return ofStranger(digits);
      return ofKnown(digits, factsOfPhone(own, erased), false);
    },

    /** The same where instants far ahead may tell numbers apart. */
    exactly(digits: number, live: number): number {
      const facts = factsAt(own, live, erasedOf(digits));
      return pairOf(
        likeness,
        EXACT,
        facts.length === 0 && !isPorted(snapshot, digits)
          ? ofStranger(digits)
          : ofKnown(digits, facts, true),
      );
    },
  };
}

/** Of numbers of which nothing is known: one for each plan. */
function likenessesOfStrangers(
  likeness: Likeness,
  placeFor: ReturnType<typeof likenessesOfPlaces>,
) {
  const ofPlan = new Map<PhonePlan, number>();
  return (digits: number): number => {
    const plan = planOf(digits);
    let found = ofPlan.get(plan);
    if (found === undefined) {
      ofPlan.set(plan, (found = pairOf(likeness, placeFor(digits, []).id, 0)));
    }
    return found;
  };
}
