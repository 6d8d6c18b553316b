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
} from "@ringfence/core/calling/screening";
import type { ScrubSnapshot } from "./snapshot.ts";

/** Prefix for all facts in order. No other number is as high. */
const WHOLE = LIMIT - 1;
/** Prefix for the latest of some consents and the others. */
const LATEST = 4;

/** Creates a function that folds everything a verdict can see of a phone's consents, opt-outs, suppressions and calls. */
export function createFactSignature(
  table: SignatureTable,
  snapshot: ScrubSnapshot,
  call: ResolvedCall,
) {
  const { own, isPast: isWhatIf } = snapshot;
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

  /** Folds consents and opt-outs, with the listings and answers whose time matters beside them. */
  const foldConsents = (
    facts: readonly number[],
    dated: readonly number[],
    spans: SensitiveSpans,
  ) => {
    const deciding = findDecidingConsents(reader, facts, dated, { at, isWhatIf, spans });
    if (deciding === null) {
      return foldPair(table, 2, foldSequence(table, own, [...facts, ...dated], spans));
    }
    const { isOptedOut, order, consents } = deciding;
    const refused = isOptedOut ? 1 : 0;
    if (order === "latest") {
      const [latest, others] = [consents.slice(0, 1), consents.slice(1)];
      const [first, rest] = [latest, others].map((some) => foldSet(table, own, some, spans));
      return foldPair(table, LATEST + refused, foldPair(table, first ?? 0, rest ?? 0));
    }
    const folded = (order === "all" ? foldRun : foldSet)(table, own, consents, spans);
    return foldPair(table, refused, folded);
  };

  /** Adds the facts about the line type, and how long they are valid. */
  const foldLineFacts = (
    folded: number,
    { whereabouts, ports }: FactsByKind,
    spans: SensitiveSpans,
  ): number => {
    const lookedUp = whereabouts.filter((fact) => !Number.isNaN(factEnd(own, fact)));
    if (lookedUp.length + ports.length === 0) return folded;
    return foldPair(
      table,
      3,
      foldPair(table, folded, foldSet(table, own, [...lookedUp, ...ports], spans)),
    );
  };

  return (facts: FactsByKind, spans: SensitiveSpans, cap: CapBounds | null): number => {
    const { consents, listings, suppressions, calls, permits, reassigned } = facts;
    if (doesEveryInstantMatter(reader, suppressions, at)) {
      const all = Object.values(facts).flat();
      return foldPair(table, WHOLE, foldSequence(table, own, all, allInstants));
    }

    const dated =
      reassigned.length === 0
        ? listings
        : [...listings, ...findDecidingAnswers(reader, readAnswer, reassigned)];
    const agreed = foldLineFacts(foldConsents(consents, dated, spans), facts, spans);
    const suppressed = foldSet(table, own, suppressions, spans);
    const counted = findCountedCalls(reader, [...calls, ...permits], cap, at);
    const called = foldSequence(table, own, counted, allInstants);
    return foldPair(table, agreed, foldPair(table, suppressed, called));
  };
}

/** Creates a reader of consents and opt-outs. Each text that facts share is interpreted once. */
function createFactReader(own: FactStore, question: ConsentQuestion): ConsentReader {
  const known: (FactMeaning | undefined)[] = [];
  return {
    at: (fact) => factTime(own, fact),
    recordedAt: (fact) => factRecordedAt(own, fact),
    end: (fact) => factEnd(own, fact),
    meaning: (fact) => (known[factTextIndex(own, fact)] ??= interpretFact(own, fact, question)),
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

/** Facts by kind. `whereabouts`: contacts and the line type; `consents`: consents and opt-outs. */
type FactsByKind = Record<
  | "whereabouts"
  | "consents"
  | "listings"
  | "suppressions"
  | "calls"
  | "permits"
  | "ports"
  | "reassigned",
  number[]
>;

/** Creates a function that groups facts by kind. It reuses its lists, because it runs for millions of phones. */
export function createFactGrouping(own: FactStore) {
  const kinds: FactsByKind = {
    whereabouts: [],
    consents: [],
    listings: [],
    suppressions: [],
    calls: [],
    permits: [],
    ports: [],
    reassigned: [],
  };
  const lists = Object.values(kinds);
  /** Lists by the index of the fact's text. */
  const listByText: number[][] = [];

  return (facts: readonly number[]): FactsByKind => {
    // Setting the length to 0 would release memory that is needed again.
    for (const list of lists) while (list.length > 0) list.pop();
    for (const fact of facts) {
      const list = (listByText[factTextIndex(own, fact)] ??=
        kinds[groupByKind[factText(own, fact).kind]]);
      list.push(fact);
    }
    return kinds;
  };
}

const groupByKind = {
  line: "whereabouts",
  contact: "whereabouts",
  consent: "consents",
  "opt-out": "consents",
  listing: "listings",
  suppression: "suppressions",
  call: "calls",
  permit: "permits",
  port: "ports",
  reassigned: "reassigned",
} as const;
