import { ruleBook, withParents } from "@ringfence/core/jurisdiction";
import { phoneOfDigits, type PhonePlan, planOf } from "@ringfence/core/phone";
import { areaOf, hasNumber, placeOf } from "@ringfence/core/registry";
import { makeNumberIndex, placeNumber } from "@ringfence/core/scrub";
import { screen, type Verdict } from "@ringfence/core/screening";
import type { AskedCall } from "../screening/asked-call.ts";
import { factsOf } from "../screening/facts-of.ts";
import type { FactsRow } from "../screening/facts-row.ts";
import { factsRowOf, letterAt } from "./facts-row-of.ts";
import { likenessOf, makeLikeness, pairOf } from "./likeness.ts";
import { letterOf } from "./load-own-facts.ts";
import { factsOfPhone, findOwn } from "./own-facts.ts";
import { type Spans, sensitiveSpans } from "./sensitive-spans.ts";
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

const [UNLISTED, LISTED, UNANSWERED] = [0, 1, 2];

function listingIn({ numbers, areas }: ScrubRegistry, digits: number): number {
  if (areas !== null && !areas.has(areaOf(placeOf(digits).block))) return UNANSWERED;
  return hasNumber(numbers, digits) ? LISTED : UNLISTED;
}

/** What is asked of a place before its facts can be compared. */
type Place = { spans: Spans; countsCalls: boolean };

export function makeClassifier(snapshot: ScrubSnapshot, call: AskedCall): Classifier {
  const { own, registries, at } = snapshot;
  if (registries.length > maxRegistries) throw new Error(`more than ${maxRegistries} registries`);
  const likeness = makeLikeness();
  const plans = new Map<PhonePlan, number>();
  const places = new Map<number, Place>();
  const likenessOfPlan: number[] = [];
  /** By phone; 0 while it is not known. */
  const likenessOfPhone = new Int32Array(own.phones.size);
  const classes = makeNumberIndex(65_536);
  const verdicts: Verdict[] = [];

  const rowOf = (digits: number, facts: readonly number[]): FactsRow => ({
    id: "",
    now: at,
    phoneId: null,
    ...factsRowOf(own, facts),
    listedIn: Object.fromEntries(
      registries.filter(({ numbers }) => hasNumber(numbers, digits)).map(({ id }) => [id, null]),
    ),
    history: historyOf(snapshot, digits),
  });
  const allFacts = (digits: number, facts: readonly number[]) =>
    factsOf(phoneOfDigits(digits), call, rowOf(digits, facts), snapshot.settings);

  const placeFor = (plan: number, digits: number, facts: readonly number[]): Place => {
    const contacts = facts.filter((fact) => letterAt(own, fact) === letterOf.contact);
    const key = pairOf(likeness, plan, likenessOf(likeness, own, contacts, []));
    const known = places.get(key);
    if (known) return known;
    const { jurisdictions } = allFacts(digits, contacts);
    const place = { spans: sensitiveSpans(jurisdictions, at), countsCalls: hasCap(jurisdictions) };
    places.set(key, place);
    return place;
  };

  const likenessFor = (digits: number, phone: number): number => {
    const plan = placePlan(plans, planOf(digits));
    if (phone === -1) return (likenessOfPlan[plan] ??= pairOf(likeness, plan, 0));
    const known = likenessOfPhone[phone] ?? 0;
    if (known !== 0) return known;

    const facts = [...factsOfPhone(own, phone)];
    const { spans, countsCalls } = placeFor(plan, digits, facts);
    const counted = countsCalls
      ? facts
      : facts.filter((fact) => letterAt(own, fact) !== letterOf.call);
    const made = pairOf(likeness, plan, likenessOf(likeness, own, counted, spans));
    likenessOfPhone[phone] = made;
    return made;
  };

  const classOf = (digits: number): number => {
    const phone = findOwn(own, digits);
    let listed = 0;
    for (const registry of registries) listed = listed * 3 + listingIn(registry, digits);
    const key = likenessFor(digits, phone) * maxListings + listed;
    const found = placeNumber(classes, key);
    if (found === verdicts.length) {
      const facts = phone === -1 ? [] : [...factsOfPhone(own, phone)];
      verdicts.push(screen(allFacts(digits, facts)));
    }
    return found;
  };
  return { classOf, verdicts };
}

function placePlan(plans: Map<PhonePlan, number>, plan: PhonePlan): number {
  const known = plans.get(plan);
  if (known !== undefined) return known;
  plans.set(plan, plans.size);
  return plans.size - 1;
}

const hasCap = (jurisdictions: Parameters<typeof withParents>[0]) => {
  const places = new Set(withParents(jurisdictions));
  return ruleBook.rules.some(
    ({ type, jurisdiction }) => type === "frequency_cap" && places.has(jurisdiction),
  );
};

/** The snapshot's history was read for no number in particular: whether it lists this one is ours to say. */
function historyOf({ history, registries }: ScrubSnapshot, digits: number): FactsRow["history"] {
  if (history === null) return null;
  return Object.fromEntries(
    registries.flatMap(({ id, numbers }) => {
      const stood = history[id];
      return stood === undefined ? [] : [[id, { ...stood, isListed: hasNumber(numbers, digits) }]];
    }),
  );
}
