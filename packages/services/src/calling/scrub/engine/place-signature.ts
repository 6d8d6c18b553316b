import { createNumberIndex, indexNumber } from "@ringfence/core/calling/scrub";
import {
  type CapBounds,
  findCapBounds,
  findSensitiveSpans,
  noInstants,
  type ScreeningFacts,
  type SensitiveSpans,
  whereaboutsSignature,
} from "@ringfence/core/calling/screening";
import { type SignatureTable, foldPair, foldSet } from "./folding.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** A place as laws and clocks see it. Places that they do not tell apart share an id. */
export type Place = {
  id: number;
  near: SensitiveSpans;
  far: SensitiveSpans;
  cap: CapBounds | null;
};

/** Creates a function that finds the place of a number, from its numbering plan and the addresses of its contacts. */
export function createPlaceSignatures(
  likeness: SignatureTable,
  { own, at }: ScrubSnapshot,
  allFacts: (digits: number, facts: readonly number[]) => ScreeningFacts,
) {
  /** Places of numbers about which only the plan is known, by the index of the plan. */
  const placeOfPlan: (Place | undefined)[] = [];
  const keys = createNumberIndex();
  const placeOfKey: Place[] = [];
  const bySignature = new Map<string, Place>();

  const find = (digits: number, facts: readonly number[]): Place => {
    const known = allFacts(digits, facts);
    const { jurisdictions } = known;
    const signature = whereaboutsSignature(known);
    const same = bySignature.get(signature);
    if (same) return same;
    const place = {
      id: bySignature.size,
      near: findSensitiveSpans(jurisdictions, at, "near"),
      far: findSensitiveSpans(jurisdictions, at, "far"),
      cap: findCapBounds(jurisdictions),
    };
    bySignature.set(signature, place);
    return place;
  };

  /** `plan` is the index of the plan. `facts` are those about contacts and the line. */
  return (digits: number, plan: number, facts: readonly number[]): Place => {
    if (facts.length === 0) return (placeOfPlan[plan] ??= find(digits, []));

    const key = foldPair(likeness, plan, foldSet(likeness, own, facts, noInstants));
    return (placeOfKey[indexNumber(keys, key)] ??= find(digits, facts));
  };
}
