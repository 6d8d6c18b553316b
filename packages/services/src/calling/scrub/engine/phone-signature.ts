import { listBooks } from "@ringfence/core/people/jurisdiction";
import { type Phone, phoneFromDigits } from "@ringfence/core/people/phone";
import {
  type CapBounds,
  type ScreeningFacts,
  type SensitiveSpans,
  findCapBounds,
  findGraceMs,
  findSensitiveSpans,
  noInstants,
  whereaboutsSignature,
} from "@ringfence/core/calling/screening";
import { type ResolvedCall, toScreeningFacts } from "../../screening/internal.ts";
import { createFactGrouping, createFactSignature } from "./fact-signature.ts";
import { LIMIT, type SignatureTable, foldPair, foldSet } from "./folding.ts";
import {
  type FactStore,
  factEnd,
  factRecordedAt,
  factText,
  factTextIndex,
  factTime,
  findErasedPhone,
  indexText,
  listFacts,
  prefetchFacts,
  setTransientFacts,
} from "./fact-store.ts";
import { toFactsRow } from "./to-facts-row.ts";
import type { ScrubRegistry, ScrubSnapshot } from "./snapshot.ts";
import { hasNumber } from "@ringfence/core/do-not-call/registry";
import { factLetters } from "./fact-text.ts";
import { findListedSince } from "./load-registries.ts";
import { createNumberIndex, indexNumber } from "@ringfence/core/calling/scrub";

/** Prefix for signatures that include instants far ahead. No place has so high a number. */
const EXACT = LIMIT - 2;

/** Number of phones whose facts fit the processor's cache. */
const AT_HAND = 256;

/** The digits of numbers, and the indexes of their plans. */
export type Numbers = { digits: Float64Array; plans: Int32Array };

/**
 * Creates functions that give equal signatures to numbers that a verdict cannot tell apart. What registries say about a
 * number is not part of it, except the day of a listing where that matters.
 */
export function createPhoneSignatures(
  table: SignatureTable,
  snapshot: ScrubSnapshot,
  call: ResolvedCall,
  phoneKey: (phone: Phone) => Uint8Array,
) {
  const { own, settings } = snapshot;
  const allFacts = (digits: number, facts: readonly number[]): ScreeningFacts =>
    toScreeningFacts(phoneFromDigits(digits), call, toFactsRow(snapshot, digits, facts), settings);
  const placeFor = createPlaceSignatures(table, snapshot, allFacts);
  const signatureOfUnknown = createUnknownPhoneSignatures(table, placeFor);
  const foldFacts = createFactSignature(table, snapshot, call);
  /** Looks for an erased phone only if there are any, because the key of a number takes long to compute. */
  const findErased = (digits: number) =>
    own.erased.size === 0
      ? -1
      : findErasedPhone(own, Buffer.from(phoneKey(phoneFromDigits(digits))).toString("latin1"));

  const datedListings = createDatedListings(snapshot);
  const isPorted = createIsPorted(snapshot);
  const byKind = createFactGrouping(own);

  const signatureOfKnown = (
    digits: number,
    plan: number,
    facts: readonly number[],
    far: boolean,
  ): number => {
    const dated = datedListings(digits);
    const kinds = byKind(dated.length === 0 ? facts : [...facts, ...dated]);
    const place = placeFor(digits, plan, kinds.contactsAndLines);
    const spans = far ? place.far : place.near;
    return foldPair(table, place.id, foldFacts(kinds, spans, place.cap));
  };
  const cache = createSignatureCache(own, (phone, digits, plan) =>
    signatureOfKnown(digits, plan, listFactsOfNumber(own, phone, findErased(digits)), false),
  );

  return {
    allFacts: (digits: number, phone: number) =>
      allFacts(digits, listFactsOfNumber(own, phone, findErased(digits))),

    /** True if nothing but the plan is known of any number that has no phone in the store. */
    areUnknownAlike: own.erased.size === 0 && !hasPorts(snapshot),

    /** Computes the signatures of known phones, many at a time. Call it before `near`. */
    prepare: cache.prepare,

    /** Returns the signature by near instants. `phone` is the index of the phone, or -1. */
    near(digits: number, plan: number, phone: number): number {
      if (phone !== -1) return cache.find(phone);
      const erased = findErased(digits);
      if (erased === -1 && !isPorted(digits)) return signatureOfUnknown(digits, plan);
      return signatureOfKnown(digits, plan, listFacts(own, erased), false);
    },

    /** Returns the signature by near and far instants. */
    exact(digits: number, plan: number, phone: number): number {
      const facts = listFactsOfNumber(own, phone, findErased(digits));
      return foldPair(
        table,
        EXACT,
        facts.length === 0 && !isPorted(digits)
          ? signatureOfUnknown(digits, plan)
          : signatureOfKnown(digits, plan, facts, true),
      );
    },
  };
}

/** Creates a cache of signatures by phone. It computes many at a time. */
function createSignatureCache(
  own: FactStore,
  compute: (phone: number, digits: number, plan: number) => number,
) {
  /** Signature by phone; 0 if it was not computed yet. */
  const byPhone = new Int32Array(own.phones.size);
  /** Phones whose signature is missing, and the rows in which they stand. */
  const [phones, rows] = [new Int32Array(AT_HAND), new Int32Array(AT_HAND)];

  const computeFirst = (count: number, { digits, plans }: Numbers) => {
    prefetchFacts(own, phones, count);
    for (let nth = 0; nth < count; nth++) {
      const [phone, row] = [phones[nth] ?? -1, rows[nth] ?? -1];
      byPhone[phone] = compute(phone, digits[row] ?? 0, plans[row] ?? -1);
    }
  };
  return {
    /** Computes missing signatures. Call it before `find`. `phoneOfRow` has the phone of each number, or -1. */
    prepare: (numbers: Numbers, phoneOfRow: Int32Array) => {
      let count = 0;
      for (let row = 0; row < phoneOfRow.length; row++) {
        const phone = phoneOfRow[row] ?? -1;
        if (phone === -1 || byPhone[phone] !== 0) continue;
        phones[count] = phone;
        rows[count++] = row;
        if (count < AT_HAND) continue;
        computeFirst(count, numbers);
        count = 0;
      }
      computeFirst(count, numbers);
    },
    find: (phone: number): number => {
      const found = byPhone[phone] ?? 0;
      if (found === 0) throw new Error(`phone ${phone} has no signature yet`);
      return found;
    },
  };
}

/** Creates a function that returns the signature of numbers of which nothing is known: one per plan. */
function createUnknownPhoneSignatures(
  table: SignatureTable,
  placeFor: ReturnType<typeof createPlaceSignatures>,
) {
  const byPlan: (number | undefined)[] = [];
  return (digits: number, plan: number): number =>
    (byPlan[plan] ??= foldPair(table, placeFor(digits, plan, []).id, 0));
}

/** Lists the facts about a number that may have two phones: its own, and an erased one. */
function listFactsOfNumber(own: FactStore, phone: number, erased: number): readonly number[] {
  const facts = listFacts(own, phone);
  if (erased === -1) return facts;
  const more = listFacts(own, erased);
  const all = [
    ...facts,
    ...more.filter((fact) => !facts.some((known) => isSameFact(own, known, fact))),
  ];
  return [facts, more].every((each) => haveAllBought(own, each))
    ? all
    : all.filter((fact) => factText(own, fact).kind !== "purchase");
}

/** True if every contact of a phone has bought something. A phone without contacts counts as well. */
function haveAllBought(own: FactStore, facts: readonly number[]): boolean {
  const has = (kind: "contact" | "purchase") =>
    facts.some((fact) => factText(own, fact).kind === kind);
  return has("purchase") || !has("contact");
}

/**
 * True if both phones of a number led to the same fact of a person. Calls that could repeat have distinct texts
 * (`loadCalls`).
 */
const isSameFact = (own: FactStore, a: number, b: number) =>
  factTextIndex(own, a) === factTextIndex(own, b) &&
  Object.is(factTime(own, a), factTime(own, b)) &&
  Object.is(factEnd(own, a), factEnd(own, b)) &&
  Object.is(factRecordedAt(own, a), factRecordedAt(own, b));

const none: readonly number[] = [];

/**
 * Creates a function that turns dated listings and ports of a number into facts, so that they have an order among
 * the other facts: a later consent lifts a listing.
 */
function createDatedListings({ own, registries, settings: { law } }: ScrubSnapshot) {
  const graceMs = Math.max(...listBooks(law).map(findGraceMs));
  const dated = registries.filter(({ listings }) => listings !== null);
  return (digits: number): readonly number[] =>
    dated.length === 0
      ? none
      : setTransientFacts(
          own,
          dated.flatMap((registry) => toListingFact(own, registry, digits, graceMs)),
        );
}

function toListingFact(
  own: FactStore,
  { id, numbers, listings }: ScrubRegistry,
  digits: number,
  graceMs: number,
) {
  if (listings === null || !hasNumber(numbers, digits)) return [];
  const at = findListedSince(listings, digits) ?? Number.NaN;
  const { arePorts } = listings;
  const text = indexText(own, arePorts ? factLetters.port : factLetters.listing + id);
  const until = arePorts ? at + graceMs : Number.NaN;
  return [{ text, at, until, recordedAt: Number.NaN }];
}

const hasPorts = ({ registries }: ScrubSnapshot) =>
  registries.some(({ listings }) => listings?.arePorts);

/** Creates a function that says whether a number is listed as ported. Its plan is then not all that is known. */
function createIsPorted({ registries }: ScrubSnapshot) {
  const ofPorts = registries.filter(({ listings }) => listings?.arePorts);
  return (digits: number): boolean => ofPorts.some(({ numbers }) => hasNumber(numbers, digits));
}

/** A place as laws and clocks see it. Places that they do not tell apart share an id. */
type Place = {
  id: number;
  near: SensitiveSpans;
  far: SensitiveSpans;
  cap: CapBounds | null;
};

/** Creates a function that finds the place of a number, from its numbering plan and the addresses of its contacts. */
function createPlaceSignatures(
  table: SignatureTable,
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
    const signature = whereaboutsSignature(known);
    const same = bySignature.get(signature);
    if (same) return same;
    const place = {
      id: bySignature.size,
      near: findSensitiveSpans(known, at, "near"),
      far: findSensitiveSpans(known, at, "far"),
      cap: findCapBounds(known),
    };
    bySignature.set(signature, place);
    return place;
  };

  /** `plan` is the index of the plan. `facts` are those about contacts and the line. */
  return (digits: number, plan: number, facts: readonly number[]): Place => {
    if (facts.length === 0) return (placeOfPlan[plan] ??= find(digits, []));

    const key = foldPair(table, plan, foldSet(table, own, facts, noInstants));
    return (placeOfKey[indexNumber(keys, key)] ??= find(digits, facts));
  };
}
