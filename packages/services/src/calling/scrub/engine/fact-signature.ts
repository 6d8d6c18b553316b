import { requiredChannel } from "@ringfence/core/people/jurisdiction";
import { type ResolvedCall, toConsentEvent, toOptOut } from "../../screening/internal.ts";
import type { ConsentQuestion } from "@ringfence/core/consents/consent";
import { toOwnRow } from "./to-facts-row.ts";
import { LIMIT, type SignatureTable, foldPair, foldRun, foldSequence, foldSet } from "./folding.ts";
import {
  type FactStore,
  factTime,
  factTextIndex,
  factRecordedAt,
  factText,
  factEnd,
} from "./fact-store.ts";
import {
  type CapBounds,
  type ConsentReader,
  type FactMeaning,
  type SensitiveSpans,
  allInstants,
  doesEveryInstantMatter,
  findCountedCalls,
  findDecidingAnswers,
  findDecidingConsents,
  interpretConsent,
  interpretOptOut,
  noInstants,
} from "@ringfence/core/calling/screening";
import type { ScrubSnapshot } from "./snapshot.ts";

/**
 * First numbers of pairs, which say what the second number was folded from. No two are equal, or different facts could
 * get one number. Folded results are numbered from 1 and do not come near the last.
 */
const marks = {
  /** The consents that decide. */
  consents: 0,
  consentsOptedOut: 1,
  /** All consents, opt-outs, listings and answers, in order. */
  sequence: 2,
  lines: 3,
  /** The latest consent, and then the set of the others. */
  latestFirst: 4,
  latestFirstOptedOut: 5,
  preferences: 6,
  /** All facts: the highest number that can be paired. */
  allFacts: LIMIT - 1,
} as const;

/**
 * Creates a function that folds a phone's facts into one number. Phones with equal numbers get the same verdict, as far
 * as it depends on consents, opt-outs, listings, answers about reassignment, suppressions, preferences, calls, permits,
 * ports and looked-up lines. Contacts count only if every instant matters; otherwise the place is folded elsewhere.
 * Where only the set of facts matters, `foldSet` ignores their order; `foldRun` keeps it, and `foldSequence` also keeps
 * which facts are of the same instant.
 */
export function createFactSignature(
  table: SignatureTable,
  snapshot: ScrubSnapshot,
  call: ResolvedCall,
) {
  const { own, isWhatIf } = snapshot;
  const at = snapshot.at.getTime();
  const reader = createFactReader(own, {
    sellerId: call.seller.id,
    purpose: call.purpose.key,
    channel: requiredChannel(call.dialer),
  });
  const readAnswer = (fact: number) => {
    const text = factText(own, fact);
    return text.kind === "reassigned" ? text.answer : null;
  };

  /**
   * Folds the consents and opt-outs that decide. Listings and answers about reassignment take part, because it
   * matters whether a consent is earlier or later.
   */
  const foldConsents = (
    facts: readonly number[],
    listingsAndAnswers: readonly number[],
    spans: SensitiveSpans,
  ) => {
    const deciding = findDecidingConsents(reader, facts, listingsAndAnswers, {
      at,
      isWhatIf,
      spans,
    });
    if (deciding === null) {
      const all = [...facts, ...listingsAndAnswers];
      const exact = spans.comparesRefusals ? allInstants : spans;
      return foldPair(table, marks.sequence, foldSequence(table, own, all, exact));
    }
    const { isOptedOut, order, consents } = deciding;
    if (order === "latest") {
      const latest = foldSet(table, own, consents.slice(0, 1), spans);
      const others = foldSet(table, own, consents.slice(1), spans);
      const mark = isOptedOut ? marks.latestFirstOptedOut : marks.latestFirst;
      return foldPair(table, mark, foldPair(table, latest, others));
    }
    const folded = (order === "all" ? foldRun : foldSet)(table, own, consents, spans);
    return foldPair(table, isOptedOut ? marks.consentsOptedOut : marks.consents, folded);
  };

  /** Adds ports and looked-up lines. Only a looked-up line has an end, which tells it from a contact. */
  const foldLineFacts = (
    folded: number,
    { contactsAndLines, ports }: FactsByKind,
    spans: SensitiveSpans,
  ): number => {
    const lookedUp = contactsAndLines.filter((fact) => !Number.isNaN(factEnd(own, fact)));
    if (lookedUp.length + ports.length === 0) return folded;
    return foldPair(
      table,
      marks.lines,
      foldPair(table, folded, foldSet(table, own, [...lookedUp, ...ports], spans)),
    );
  };

  return (facts: FactsByKind, given: SensitiveSpans, cap: CapBounds | null): number => {
    const { consentsAndOptOuts, listings, suppressions, calls, permits, reassigned } = facts;
    const purchases = given.sparesCustomers ? facts.purchases : [];
    // The spans for customers would separate the facts of many people to whom they do not apply.
    const spans = purchases.length === 0 ? given : { ...given, within: given.withinForCustomers };
    if (doesEveryInstantMatter(reader, suppressions, at)) {
      const all = Object.values(facts).flat();
      return foldPair(table, marks.allFacts, foldSequence(table, own, all, allInstants));
    }

    // Purchases count only if the person never refused, so no refusal can be left out beside one.
    const dated = [...listings, ...purchases];
    const listingsAndAnswers =
      reassigned.length === 0
        ? dated
        : [...dated, ...findDecidingAnswers(reader, readAnswer, reassigned)];
    const consents = foldConsents(consentsAndOptOuts, listingsAndAnswers, spans);
    const chosen = foldPreferences(table, own, consents, facts.preferences);
    const consentAndLineSignature = foldLineFacts(chosen, facts, spans);
    const suppressed = foldSet(table, own, suppressions, spans);
    const counted = findCountedCalls(reader, [...calls, ...permits], cap, at);
    const called = foldSequence(table, own, counted, allInstants);
    return foldPair(table, consentAndLineSignature, foldPair(table, suppressed, called));
  };
}

/** Adds the person's call preferences. Their times do not matter, because only those that count were loaded. */
const foldPreferences = (
  table: SignatureTable,
  own: FactStore,
  folded: number,
  preferences: readonly number[],
): number =>
  preferences.length === 0
    ? folded
    : foldPair(
        table,
        marks.preferences,
        foldPair(table, folded, foldSet(table, own, preferences, noInstants)),
      );

/**
 * Creates a reader of consents and opt-outs. Facts that differ only in their times share a text, which is
 * interpreted once.
 */
function createFactReader(own: FactStore, question: ConsentQuestion): ConsentReader {
  const meaningByText: (FactMeaning | undefined)[] = [];
  return {
    at: (fact) => factTime(own, fact),
    recordedAt: (fact) => factRecordedAt(own, fact),
    end: (fact) => factEnd(own, fact),
    meaning: (fact) =>
      (meaningByText[factTextIndex(own, fact)] ??= interpretFact(own, fact, question)),
  };
}

function interpretFact(own: FactStore, fact: number, question: ConsentQuestion): FactMeaning {
  const { consents, optOuts } = toOwnRow(own, [fact]);
  const [consent] = consents.map(toConsentEvent);
  if (consent !== undefined) return interpretConsent(consent, question);
  const [optOut] = optOuts.map(toOptOut);
  if (optOut === undefined) throw new Error("neither a consent nor an opt-out");
  return interpretOptOut(optOut, question);
}

/** Facts by kind. */
type FactsByKind = Record<
  | "contactsAndLines"
  | "consentsAndOptOuts"
  | "listings"
  | "suppressions"
  | "preferences"
  | "calls"
  | "permits"
  | "ports"
  | "purchases"
  | "reassigned",
  number[]
>;

/**
 * Creates a function that groups facts by kind. Its result is valid only until the next call: the lists are
 * reused, because it runs for millions of phones.
 */
export function createFactGrouping(own: FactStore) {
  const kinds: FactsByKind = {
    contactsAndLines: [],
    consentsAndOptOuts: [],
    listings: [],
    suppressions: [],
    preferences: [],
    calls: [],
    permits: [],
    ports: [],
    purchases: [],
    reassigned: [],
  };
  const lists = Object.values(kinds);
  /** For each index of a text, the list of its kind. */
  const listByText: number[][] = [];

  return (facts: readonly number[]): FactsByKind => {
    // Empties the lists with `pop`, because `length = 0` frees memory that the next phone needs.
    for (const list of lists) while (list.length > 0) list.pop();
    for (const fact of facts) {
      const list = (listByText[factTextIndex(own, fact)] ??=
        kinds[groupOfKind[factText(own, fact).kind]]);
      list.push(fact);
    }
    return kinds;
  };
}

const groupOfKind = {
  line: "contactsAndLines",
  contact: "contactsAndLines",
  consent: "consentsAndOptOuts",
  "opt-out": "consentsAndOptOuts",
  listing: "listings",
  suppression: "suppressions",
  preferences: "preferences",
  call: "calls",
  permit: "permits",
  port: "ports",
  purchase: "purchases",
  reassigned: "reassigned",
} as const;
