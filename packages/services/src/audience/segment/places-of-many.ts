import { setImmediate as nextTurn } from "node:timers/promises";
import { planPlaceOf } from "@ringfence/core/people/phone";
import { findId, type IdIndex } from "@ringfence/core/calling/scrub";
import { further, type Place, placeOf, type SegmentCall } from "@ringfence/core/audience/segment";
import type { RootContext } from "../../platform/context.ts";
import { phoneKeyBy } from "../../platform/keys/phone-key.ts";
import { askedCall } from "../../calling/screening/asked-call.ts";
import { usualCall } from "../../calling/screening/usual-call.ts";
import { type Classifier, makeClassifier } from "../../calling/scrub/make-classifier.ts";
import { makeLookups } from "../../calling/scrub/lookups.ts";
import type { OwnFacts } from "../../calling/scrub/own-facts.ts";
import { readSnapshot } from "../../calling/scrub/snapshot.ts";
import { type PhonesOfPeople, phonesOfPeople } from "./phones-of-people.ts";
import type { ScreenedPeople } from "./screened-people.ts";

/** Phones that are classed before others have their turn. */
const SLICE = 16_384;

/**
 * Screens people as a scrub does: all facts are read once, and `screen` decides once about those whose
 * facts are equal. It takes the memory of what the organization knows, and 40 bytes a phone.
 */
export const placesOfMany = async (
  ctx: RootContext,
  named: SegmentCall,
  ordinals: readonly number[],
): Promise<ScreenedPeople> => {
  const { db, keys, organizationId, actor } = ctx;
  // Before the snapshot, so that every phone of theirs is in it.
  const phones = await phonesOfPeople(db, organizationId, ordinals);
  const snapshot = await readSnapshot(ctx, organizationId, null);
  const { own, ids, settings } = snapshot;
  const call = askedCall(usualCall(actor, settings, named), settings);
  const secret = await keys.phoneSecret(organizationId, snapshot.keyGeneration);
  const classifier = makeClassifier(snapshot, call, (phone) => phoneKeyBy(secret, phone));
  const look = makeLookups({ phones: own.phones, registries: snapshot.registries });
  const places = ordinals.map((): Place => "number");
  await place(classifier, { own, ids, look }, phones, places);
  return { at: snapshot.at, call, places };
};

type Known = { own: OwnFacts; ids: IdIndex; look: ReturnType<typeof makeLookups> };

async function place(
  { classify, verdicts }: Classifier,
  known: Known,
  { ids, people, count }: PhonesOfPeople,
  places: Place[],
) {
  const ofVerdicts: Place[] = [];
  for (let from = 0; from < count; from += SLICE) {
    const size = Math.min(SLICE, count - from);
    const digits = Float64Array.from({ length: size }, (_, index) =>
      digitsOf(known, ids, (from + index) * 16),
    );
    const plans = Int32Array.from(digits, planPlaceOf);
    const found = classify({ digits, plans }, known.look(digits));
    for (const verdict of verdicts.slice(ofVerdicts.length)) ofVerdicts.push(placeOf(verdict));
    for (let index = 0; index < size; index++) {
      const reached = ofVerdicts[(found[index] ?? 0) - 1];
      const person = people[from + index] ?? -1;
      if (reached) places[person] = further(places[person] ?? "number", reached);
    }
    await nextTurn();
  }
}

/** Of a phone, whose id stands there; 0 of one that was erased. */
function digitsOf({ own, ids: known }: Known, ids: Uint8Array, at: number): number {
  const phone = findId(known, ids, at);
  return Math.max(0, own.phones.numbers[phone] ?? 0);
}
