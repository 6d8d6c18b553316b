import { type Phone, type PhonePlan, phoneOfDigits, planOf } from "@ringfence/core/phone";
import type { ScreeningFacts } from "@ringfence/core/screening";
import type { AskedCall } from "../screening/asked-call.ts";
import { factsOf } from "../screening/facts-of.ts";
import { datedListings, factsAt, withErased } from "./facts-at.ts";
import { factsLikeness } from "./facts-likeness.ts";
import { type Likeness, pairOf } from "./likeness.ts";
import { likenessesOfPlaces } from "./likenesses-of-places.ts";
import { factsOfPhone, factsOfPhones, findErased } from "./own-facts.ts";
import { snapshotRow } from "./snapshot-row.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

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
  const ofPlan = new Map<PhonePlan, number>();

  const allFacts = (digits: number, facts: readonly number[]): ScreeningFacts =>
    factsOf(phoneOfDigits(digits), call, snapshotRow(snapshot, digits, facts), settings);
  const placeFor = likenessesOfPlaces(likeness, snapshot, allFacts);
  const likenessOfFacts = factsLikeness(likeness, snapshot, call);
  /** Asked only where something is known of numbers that were erased, for a key takes long to make. */
  const erasedOf = (digits: number) =>
    own.erased.size === 0
      ? -1
      : findErased(own, Buffer.from(phoneKey(phoneOfDigits(digits))).toString("latin1"));

  const ofKnown = (digits: number, facts: readonly number[]): number => {
    const all = [...facts, ...datedListings(snapshot, digits)];
    const place = placeFor(digits, all);
    return pairOf(likeness, place.id, likenessOfFacts(all, place));
  };
  const met = (phone: number): number => {
    const found = ofPhone[phone] ?? 0;
    if (found === 0) throw new Error(`phone ${phone} was not met`);
    return found;
  };
  const ofStranger = (digits: number): number => {
    const plan = planOf(digits);
    const found = ofPlan.get(plan) ?? pairOf(likeness, placeFor(digits, []).id, 0);
    ofPlan.set(plan, found);
    return found;
  };

  return {
    allFacts: (digits: number, live: number) =>
      allFacts(digits, factsAt(own, live, erasedOf(digits))),

    /** Has to be done before phones are asked for: of many at once. */
    meet(phones: Int32Array) {
      const strange = phones.filter((phone) => phone !== -1 && ofPhone[phone] === 0);
      for (const [index, facts] of factsOfPhones(own, strange).entries()) {
        const phone = strange[index] ?? -1;
        const digits = own.phones.numbers[phone] ?? 0;
        ofPhone[phone] = ofKnown(digits, withErased(own, facts, erasedOf(digits)));
      }
    },

    /** Of a number, and the place of its phone where it has one. */
    of(digits: number, live: number): number {
      if (live !== -1) return met(live);
      const erased = erasedOf(digits);
      return erased === -1 ? ofStranger(digits) : ofKnown(digits, factsOfPhone(own, erased));
    },
  };
}
