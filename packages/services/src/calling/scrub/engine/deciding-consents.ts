import { type FactStore, factTime, factTextIndex, factRecordedAt, factEnd } from "./fact-store.ts";
import { type Spans, endsBeyondHorizon } from "./sensitive-spans.ts";
import { type ConsentQuestion, coversQuestion, isGrant } from "@ringfence/core/consents/consent";
import { coversCall } from "@ringfence/core/do-not-call/opt-out";
import { toConsentEvent, toOptOut } from "../../screening/to-facts.ts";
import { toOwnRow } from "./to-facts-row.ts";

/** What of a phone's consents and refusals decides; the rest is moot whatever it says. */
type Deciding = {
  isOptedOut: boolean;
  /** The latest first. */
  consents: number[];
  /** Whether their order matters, or only which is the latest, or only which there are. */
  order: "all" | "latest" | "none";
};

/**
 * Leaves out what cannot change a verdict: what a refusal holds, what lies before a later no, and
 * requests that were answered. Null where that is not as plain as this: a consent that was found void,
 * a proven one that may lift a refusal, one that lies ahead; then all of it counts. It decides nothing:
 * `screen` does, about one phone of those that are alike in this (compared row by row in a test).
 */
export function findDecidingConsents(
  own: FactStore,
  meaning: (fact: number) => Meaning,
  facts: readonly number[],
  at: number,
  isPast: boolean,
  spans: Spans,
): Deciding | null {
  const against: number[] = [];
  const consents: number[] = [];
  for (const fact of facts) {
    const said = meaning(fact);
    if (said.kind === "opt-out") {
      if (said.refuses && counts(own, fact, at, isPast)) against.push(fact);
    } else if (said.kind === "void" || factTime(own, fact) > at) return null;
    else consents.push(fact);
  }
  let hasProven = false;
  const heard: number[] = [];
  for (const fact of consents) {
    const said = meaning(fact);
    if (said.kind === "grant") {
      hasProven ||= said.isProven;
      if (isCoveredByAny(own, against, fact)) continue;
    }
    insertByTime(own, heard, fact);
  }
  if (against.length > 0 && hasProven) return null;

  return { isOptedOut: against.length > 0, ...findDecidingEvents(own, meaning, heard, at, spans) };
}

function isCoveredByAny(own: FactStore, against: readonly number[], consent: number): boolean {
  for (const refusal of against) if (holds(own, refusal, consent)) return true;
  return false;
}

/** Among facts that are in their order, the latest first. */
function insertByTime(own: FactStore, facts: number[], fact: number) {
  const at = factTime(own, fact);
  let place = facts.length;
  for (; place > 0 && factTime(own, facts[place - 1] ?? 0) < at; place--) {
    facts[place] = facts[place - 1] ?? 0;
  }
  facts[place] = fact;
}

function findDecidingEvents(
  own: FactStore,
  meaning: (fact: number) => Meaning,
  heard: number[],
  at: number,
  spans: Spans,
): Omit<Deciding, "isOptedOut"> {
  const no = findLatestNo(meaning, heard);
  const noAt = no === undefined ? Number.NEGATIVE_INFINITY : factTime(own, no);
  const later: number[] = [];
  for (const fact of heard) {
    if (factTime(own, fact) <= noAt) break;
    const said = meaning(fact);
    if (said.kind === "grant" && said.covers) later.push(fact);
  }
  const [latest, before] = later;
  if (latest !== undefined) return findDecidingGrants(own, later, latest, before, at, spans);
  if (no === undefined) return { consents: heard, order: "all" };
  // Several at one instant: which of them is told is not ours to say.
  const atOnce = heard.filter((fact) => factTime(own, fact) === noAt && covers(meaning(fact)));
  return { consents: atOnce, order: "none" };
}

function findLatestNo(meaning: (fact: number) => Meaning, heard: readonly number[]) {
  for (const fact of heard) {
    const said = meaning(fact);
    if (said.kind === "no" && said.covers) return fact;
  }
  return undefined;
}

const covers = (said: Meaning) => said.kind !== "opt-out" && said.covers;

/** Where the latest grant has ended, no other counts; until then those before it do that have not. */
function findDecidingGrants(
  own: FactStore,
  grants: number[],
  latest: number,
  before: number | undefined,
  at: number,
  spans: Spans,
): Omit<Deciding, "isOptedOut"> {
  // Of two at one instant, which is the latest is not ours to say.
  if (before !== undefined && factTime(own, before) === factTime(own, latest)) {
    const allLast = grants.every((grant) => endsBeyondHorizon(factEnd(own, grant), spans));
    return { consents: grants, order: allLast ? "none" : "all" };
  }
  const hasEnded = (grant: number) => factEnd(own, grant) <= at;
  if (hasEnded(latest)) return { consents: [latest], order: "none" };
  const lasting = grants.filter((grant) => !hasEnded(grant));
  return {
    consents: lasting,
    order: endsBeyondHorizon(factEnd(own, latest), spans) ? "none" : "latest",
  };
}

/** In a what-if, a refusal that was both said and recorded since then does not count. */
const counts = (own: FactStore, fact: number, instant: number, isPast: boolean) =>
  !isPast || factTime(own, fact) <= instant || factRecordedAt(own, fact) <= instant;

/** As `isHeldByOptOut` of core/consent has it. */
const holds = (own: FactStore, refusal: number, consent: number) =>
  factTime(own, refusal) <= factTime(own, consent) ||
  factRecordedAt(own, refusal) <= factRecordedAt(own, consent);

/** What a consent or a refusal says about the call that is asked about. */
type Meaning =
  | { kind: "grant" | "no" | "request" | "void"; covers: boolean; isProven: boolean }
  | { kind: "opt-out"; refuses: boolean };

/** The meaning of a fact, worked out once for each text that facts share. */
export function createFactInterpreter(own: FactStore, question: ConsentQuestion) {
  const known: (Meaning | undefined)[] = [];
  return (fact: number): Meaning =>
    (known[factTextIndex(own, fact)] ??= interpretFact(own, fact, question));
}

function interpretFact(own: FactStore, fact: number, question: ConsentQuestion): Meaning {
  const { consents, optOuts } = toOwnRow(own, [fact]);
  const [consent] = consents.map(toConsentEvent);
  if (consent !== undefined) {
    const covers = coversQuestion(consent, question);
    return {
      kind: consentMeaning(consent.type, isGrant(consent)),
      covers,
      isProven: consent.isProven,
    };
  }
  const [optOut] = optOuts.map(toOptOut);
  if (optOut === undefined) throw new Error("neither a consent nor a refusal");
  return { kind: "opt-out", refuses: coversCall(optOut, question) };
}

function consentMeaning(type: string, isGrant: boolean) {
  if (isGrant) return "grant";
  if (type === "requested") return "request";
  return type === "invalidated" ? "void" : "no";
}
