import { withParents } from "@ringfence/core/people/jurisdiction";
import { type PhonePlan, planOf } from "@ringfence/core/people/phone";
import { areaOf, placeOf } from "@ringfence/core/do-not-call/registry";
import { whereaboutsOf } from "@ringfence/core/calling/screening";

/** A registry that answers for some areas alone. */
export type LimitedRegistry = { code: string; areas: ReadonlySet<number> };

/** Of contacts whose number lies in a place whose rules nobody knows. */
export const UNKNOWN_PLACE = "";

export const outsideKey = (place: string, code: string) => `${place} ${code}`;

/**
 * Counts contacts by the places of their numbers, each contact once in a place however many numbers it has
 * there. It takes an eighth of a byte for each contact and place.
 */
export function makePlaceTally(limited: readonly LimitedRegistry[]) {
  const tallies = new Map<string, { bits: Uint8Array; count: number }>();
  const placesOfPlan = new Map<PhonePlan, readonly string[]>();

  function note(key: string, ordinal: number) {
    const tally = tallies.get(key) ?? { bits: new Uint8Array(1_024), count: 0 };
    tallies.set(key, tally);
    const [at, bit] = [ordinal >> 3, 1 << (ordinal & 7)];
    if (at >= tally.bits.length) tally.bits = grown(tally.bits, at);
    const before = tally.bits[at] ?? 0;
    if ((before & bit) !== 0) return;
    tally.bits[at] = before | bit;
    tally.count++;
  }

  return {
    add: (ordinal: number, digits: number) => {
      const plan = planOf(digits);
      const places = placesOfPlan.get(plan) ?? placesIn(plan);
      placesOfPlan.set(plan, places);
      for (const place of places) note(place, ordinal);
      if (limited.length === 0) return;
      const area = areaOf(placeOf(digits).block);
      for (const { code, areas } of limited) {
        if (areas.has(area)) continue;
        for (const place of places) note(outsideKey(place, code), ordinal);
      }
    },
    counts: (): Record<string, number> =>
      Object.fromEntries([...tallies].map(([key, { count }]) => [key, count])),
  };
}

/** As screening has it: if the rules of one of a number's places are not known, none are. */
function placesIn(plan: PhonePlan): readonly string[] {
  const { jurisdictions } = whereaboutsOf(plan, []);
  return jurisdictions.length > 0 ? withParents(jurisdictions) : [UNKNOWN_PLACE];
}

function grown(bits: Uint8Array, at: number) {
  const more = new Uint8Array(Math.max(at + 1, bits.length * 2));
  more.set(bits);
  return more;
}
