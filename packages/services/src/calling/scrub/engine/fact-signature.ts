import { requiredChannel } from "@ringfence/core/people/jurisdiction";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { ResolvedCall } from "../../screening/internal.ts";
import { findDecidingConsents, createFactInterpreter } from "./deciding-consents.ts";
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
  allInstants,
  type CapBounds,
  type SensitiveSpans,
} from "@ringfence/core/calling/screening";
import type { ScrubSnapshot } from "./snapshot.ts";

/** Prefix for all facts in order. No other number is as high. */
const WHOLE = LIMIT - 1;
/** Prefix for the latest of some consents and the others. */
const LATEST = 4;

/** Creates a function that folds everything a verdict can see of a phone's consents, opt-outs, suppressions and calls. */
export function createFactSignature(
  likeness: SignatureTable,
  snapshot: ScrubSnapshot,
  call: ResolvedCall,
) {
  const { own, isPast } = snapshot;
  const at = snapshot.at.getTime();
  const meaning = createFactInterpreter(own, {
    sellerId: call.seller.id,
    purpose: call.purpose.key,
    channel: requiredChannel(call.dialer),
  });

  const likenessOfSaid = (
    said: readonly number[],
    listings: readonly number[],
    spans: SensitiveSpans,
  ) => {
    // A later consent lifts a listing, and belongs to the new owner: then all facts count, in order.
    const deciding =
      listings.length > 0 ? null : findDecidingConsents(own, meaning, said, at, isPast, spans);
    if (deciding === null) {
      return foldPair(likeness, 2, foldSequence(likeness, own, [...said, ...listings], spans));
    }
    const { isOptedOut, order, consents } = deciding;
    const refused = isOptedOut ? 1 : 0;
    if (order === "latest") {
      const [latest, others] = [consents.slice(0, 1), consents.slice(1)];
      const [first, rest] = [latest, others].map((some) => foldSet(likeness, own, some, spans));
      return foldPair(likeness, LATEST + refused, foldPair(likeness, first ?? 0, rest ?? 0));
    }
    const folded = (order === "all" ? foldRun : foldSet)(likeness, own, consents, spans);
    return foldPair(likeness, refused, folded);
  };

  /** Adds the facts about the line type, and how long they are valid. */
  const linesTold = (
    told: number,
    { place, ports }: FactsByKind,
    spans: SensitiveSpans,
  ): number => {
    const lookedUp = place.filter((fact) => !Number.isNaN(factEnd(own, fact)));
    if (lookedUp.length + ports.length === 0) return told;
    return foldPair(
      likeness,
      3,
      foldPair(likeness, told, foldSet(likeness, own, [...lookedUp, ...ports], spans)),
    );
  };

  return (facts: FactsByKind, spans: SensitiveSpans, cap: CapBounds | null): number => {
    const { said, listings, suppressions, calls, permits, reassigned } = facts;
    // A suppressed person may be called when the suppression ends, however far off: every instant matters.
    if (suppressions.some((fact) => factEnd(own, fact) > at)) {
      const all = Object.values(facts).flat();
      return foldPair(likeness, WHOLE, foldSequence(likeness, own, all, allInstants));
    }

    const dated =
      reassigned.length === 0 ? listings : [...listings, ...findDecidingAnswers(own, reassigned)];
    const told = linesTold(likenessOfSaid(said, dated, spans), facts, spans);
    const suppressed = foldSet(likeness, own, suppressions, spans);
    const counted = findCountedCalls(own, [...calls, ...permits], cap, at);
    const called = foldSequence(likeness, own, counted, allInstants);
    return foldPair(likeness, told, foldPair(likeness, suppressed, called));
  };
}

/** Returns the answers about reassignment that decide, as `reassignedAt` in core does: the last `yes`, and a later `no`. */
function findDecidingAnswers(own: FactStore, answers: readonly number[]): number[] {
  const findAnswer = (fact: number) => {
    const said = factText(own, fact);
    return said.kind === "reassigned" ? said.answer : null;
  };
  const newest = Math.max(...answers.map((fact) => factRecordedAt(own, fact)));
  const latest = answers.filter((fact) => factRecordedAt(own, fact) === newest);
  const gone = answers
    .filter((fact) => findAnswer(fact) === "yes")
    .toSorted((a, b) => factTime(own, b) - factTime(own, a));
  const isKept = latest.every((fact) => findAnswer(fact) === "no");
  return [...gone.slice(0, 1), ...(isKept ? latest : [])];
}

function findCountedCalls(
  own: FactStore,
  calls: readonly number[],
  cap: CapBounds | null,
  at: number,
) {
  if (cap === null || calls.length < cap.fewest) return [];
  const recent = calls.filter((call) => at - factTime(own, call) < cap.days * DAY_MS);
  return recent.length < cap.fewest ? [] : recent;
}

/** Facts by kind. Facts that say where a call goes are `place`. */
type FactsByKind = Record<
  "place" | "said" | "listings" | "suppressions" | "calls" | "permits" | "ports" | "reassigned",
  number[]
>;

/** Creates a function that groups facts by kind. It reuses its lists, because it runs for millions of phones. */
export function createFactGrouping(own: FactStore) {
  const kinds: FactsByKind = {
    place: [],
    said: [],
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
  line: "place",
  contact: "place",
  consent: "said",
  "opt-out": "said",
  listing: "listings",
  suppression: "suppressions",
  call: "calls",
  permit: "permits",
  port: "ports",
  reassigned: "reassigned",
} as const;
