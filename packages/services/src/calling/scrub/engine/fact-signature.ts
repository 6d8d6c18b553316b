import { requiredChannel } from "@ringfence/core/people/jurisdiction";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { ResolvedCall } from "../../screening/resolve-call.ts";
import { findDecidingConsents, createFactInterpreter } from "./deciding-consents.ts";
import { LIMIT, type SignatureTable, foldPair, foldRun, foldSequence, foldSet } from "./folding.ts";
import type { Cap } from "./place-signature.ts";
import {
  type FactStore,
  factTime,
  factTextIndex,
  factRecordedAt,
  factText,
  factEnd,
} from "./fact-store.ts";
import { type Spans, allInstants } from "./sensitive-spans.ts";
import type { ScrubSnapshot } from "./snapshot.ts";

/** Stands before all facts in their order; nothing else is ever so far. */
const WHOLE = LIMIT - 1;
/** Stands before the latest of some consents and the others. */
const LATEST = 4;

/** A number for what a verdict can see of a phone's consents, refusals, suppressions and calls. */
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

  const likenessOfSaid = (said: readonly number[], listings: readonly number[], spans: Spans) => {
    // A consent lifts a listing, and is the new owner's, if it is the later: then all count, in their order.
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

  /** Since when a line is what it is said to be, and how long that is good. */
  const linesTold = (told: number, { place, ports }: FactsByKind, spans: Spans): number => {
    const lookedUp = place.filter((fact) => !Number.isNaN(factEnd(own, fact)));
    if (lookedUp.length + ports.length === 0) return told;
    return foldPair(
      likeness,
      3,
      foldPair(likeness, told, foldSet(likeness, own, [...lookedUp, ...ports], spans)),
    );
  };

  return (facts: FactsByKind, spans: Spans, cap: Cap | null): number => {
    const { said, listings, suppressions, calls, permits, reassigned } = facts;
    // Who is suppressed may be called when that ends, however far off: then every instant matters.
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

/** As `reassignedAt` of core/screening has it: the last `yes`, and a later answer that is `no`. */
function findDecidingAnswers(own: FactStore, answers: readonly number[]): number[] {
  const answerOf = (fact: number) => {
    const said = factText(own, fact);
    return said.kind === "reassigned" ? said.answer : null;
  };
  const newest = Math.max(...answers.map((fact) => factRecordedAt(own, fact)));
  const latest = answers.filter((fact) => factRecordedAt(own, fact) === newest);
  const gone = answers
    .filter((fact) => answerOf(fact) === "yes")
    .toSorted((a, b) => factTime(own, b) - factTime(own, a));
  const isKept = latest.every((fact) => answerOf(fact) === "no");
  return [...gone.slice(0, 1), ...(isKept ? latest : [])];
}

function findCountedCalls(own: FactStore, calls: readonly number[], cap: Cap | null, at: number) {
  if (cap === null || calls.length < cap.fewest) return [];
  const recent = calls.filter((call) => at - factTime(own, call) < cap.days * DAY_MS);
  return recent.length < cap.fewest ? [] : recent;
}

/** Facts by what they are: those that say where a call goes are `place`. */
type FactsByKind = Record<
  "place" | "said" | "listings" | "suppressions" | "calls" | "permits" | "ports" | "reassigned",
  number[]
>;

/** Puts facts where they belong: into the same lists each time, for it is asked of millions of phones. */
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
  /** By the place of what a fact says. */
  const listOf: number[][] = [];

  return (facts: readonly number[]): FactsByKind => {
    // To set its length would leave a list without the memory that it fills again.
    for (const list of lists) while (list.length > 0) list.pop();
    for (const fact of facts) {
      const list = (listOf[factTextIndex(own, fact)] ??=
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
