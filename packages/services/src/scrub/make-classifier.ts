import { channelOf } from "@ringfence/core/jurisdiction";
import { phoneOfDigits } from "@ringfence/core/phone";
import { areaOf, hasNumber, placeOf } from "@ringfence/core/registry";
import { makeNumberIndex, placeNumber } from "@ringfence/core/scrub";
import { screen, type ScreeningFacts, type Verdict } from "@ringfence/core/screening";
import type { AskedCall } from "../screening/asked-call.ts";
import { factsOf } from "../screening/facts-of.ts";
import { decidingConsents } from "./deciding-consents.ts";
import { letterAt } from "./facts-row-of.ts";
import { likenessesOfPlaces, type Place } from "./likenesses-of-places.ts";
import { type Likeness, makeLikeness, pairOf, runOf, sequenceOf, setOf } from "./likeness.ts";
import { letterOf } from "./load-own-facts.ts";
import { meaningsOf } from "./meanings.ts";
import { factsOfPhone, findOwn } from "./own-facts.ts";
import { snapshotRow } from "./snapshot-row.ts";
import type { ScrubRegistry, ScrubSnapshot } from "./snapshot.ts";

/** Puts numbers into classes of equal facts, and has `screen` decide once about each class. */
export type Classifier = {
  /** The class of a number, given as its digits. */
  classOf: (digits: number) => number;
  /** By class. */
  verdicts: readonly Verdict[];
};

/** What registries say together: as many as a double can hold beside a likeness. */
const maxListings = 2 ** 26;
const maxRegistries = 16;

export function makeClassifier(snapshot: ScrubSnapshot, call: AskedCall): Classifier {
  const { own, registries, settings } = snapshot;
  if (registries.length > maxRegistries) throw new Error(`more than ${maxRegistries} registries`);
  const likeness = makeLikeness();
  const classes = makeNumberIndex(65_536);
  const verdicts: Verdict[] = [];
  /** By phone; 0 while it is not known. */
  const likenessOfPhone = new Int32Array(own.phones.size);

  const allFacts = (digits: number, facts: readonly number[]): ScreeningFacts =>
    factsOf(phoneOfDigits(digits), call, snapshotRow(snapshot, digits, facts), settings);
  const placeFor = likenessesOfPlaces(likeness, snapshot, allFacts);
  const likenessOfFacts = factsLikeness(likeness, snapshot, call);

  const likenessFor = (digits: number, phone: number): number => {
    if (phone === -1) return pairOf(likeness, placeFor(digits, []).id, 0);
    const known = likenessOfPhone[phone] ?? 0;
    if (known !== 0) return known;
    const facts = [...factsOfPhone(own, phone)];
    const place = placeFor(digits, facts);
    const made = pairOf(likeness, place.id, likenessOfFacts(facts, place));
    likenessOfPhone[phone] = made;
    return made;
  };

  const classOf = (digits: number): number => {
    const phone = findOwn(own, digits);
    let listed = 0;
    for (const registry of registries) listed = listed * 3 + listingIn(registry, digits);
    const found = placeNumber(classes, likenessFor(digits, phone) * maxListings + listed);
    if (found === verdicts.length) {
      const facts = phone === -1 ? [] : [...factsOfPhone(own, phone)];
      verdicts.push(screen(allFacts(digits, facts)));
    }
    return found;
  };
  return { classOf, verdicts };
}

const [UNLISTED, LISTED, UNANSWERED] = [0, 1, 2];

function listingIn({ numbers, areas }: ScrubRegistry, digits: number): number {
  if (areas !== null && !areas.has(areaOf(placeOf(digits).block))) return UNANSWERED;
  return hasNumber(numbers, digits) ? LISTED : UNLISTED;
}

/** A number for what a verdict can see of a phone's consents, refusals, suppressions and calls. */
function factsLikeness(likeness: Likeness, snapshot: ScrubSnapshot, call: AskedCall) {
  const { own, at, isPast } = snapshot;
  const question = {
    sellerId: call.seller.id,
    purpose: call.purpose.key,
    channel: channelOf(call.dialer),
  };
  const meaning = meaningsOf(own, question);

  return (facts: readonly number[], { spans, countsCalls }: Place): number => {
    const of = (...letters: string[]) =>
      facts.filter((fact) => letters.includes(letterAt(own, fact)));
    const said = of(letterOf.consent, letterOf["opt-out"]);
    const deciding = decidingConsents(own, meaning, said, at.getTime(), isPast);
    const told =
      deciding === null
        ? pairOf(likeness, 2, sequenceOf(likeness, own, said, spans))
        : pairOf(
            likeness,
            deciding.isOptedOut ? 1 : 0,
            (deciding.isOrdered ? runOf : setOf)(likeness, own, deciding.consents, spans),
          );
    const suppressed = sequenceOf(likeness, own, of(letterOf.suppression), spans);
    const called = countsCalls ? sequenceOf(likeness, own, of(letterOf.call), spans) : 0;
    return pairOf(likeness, told, pairOf(likeness, suppressed, called));
  };
}
