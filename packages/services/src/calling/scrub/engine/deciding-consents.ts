import { type FactStore, factTime, factTextIndex, factRecordedAt, factEnd } from "./fact-store.ts";
import { endsBeyondHorizon, type SensitiveSpans } from "@ringfence/core/calling/screening";
import { type ConsentQuestion, coversQuestion, isGrant } from "@ringfence/core/consents/consent";
import { coversCall } from "@ringfence/core/do-not-call/opt-out";
import { toConsentEvent, toOptOut } from "../../screening/internal.ts";
import { toOwnRow } from "./to-facts-row.ts";

/** The consents and opt-outs of a phone that decide. The others cannot change the verdict. */
type Deciding = {
  isOptedOut: boolean;
  /** Latest first. */
  consents: number[];
  /** "all" if the order of consents matters, "latest" if only the latest must be known, "none" if only the set matters. */
  order: "all" | "latest" | "none";
};

/**
 * Leaves out what cannot change a verdict: consents covered by an opt-out, events before a later no, and answered
 * requests. Returns null in the cases that are not as simple: an invalidated consent, a proven one that may lift
 * an opt-out, and a consent in the future. Then everything counts. This function decides nothing: `screen`
 * decides about one of the phones that are equal here. `classifier.int.test.ts` compares the two row by row.
 */
export function findDecidingConsents(
  own: FactStore,
  meaning: (fact: number) => Meaning,
  facts: readonly number[],
  at: number,
  isPast: boolean,
  spans: SensitiveSpans,
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

/** Inserts a fact into a list that is sorted with the latest first. */
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
  spans: SensitiveSpans,
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
  // Several at one instant: `screen` says which of them is reported.
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

/**
 * Returns the grants that decide. If the latest grant has ended, no other counts; otherwise all earlier
 * grants that have not ended count too.
 */
function findDecidingGrants(
  own: FactStore,
  grants: number[],
  latest: number,
  before: number | undefined,
  at: number,
  spans: SensitiveSpans,
): Omit<Deciding, "isOptedOut"> {
  // Of two grants at one instant, `screen` decides which is the latest.
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

/** True if an opt-out counts. In a what-if, one that was both made and recorded later does not. */
const counts = (own: FactStore, fact: number, instant: number, isPast: boolean) =>
  !isPast || factTime(own, fact) <= instant || factRecordedAt(own, fact) <= instant;

/** True if an opt-out covers a consent, as `isHeldByOptOut` in core decides. */
const holds = (own: FactStore, refusal: number, consent: number) =>
  factTime(own, refusal) <= factTime(own, consent) ||
  factRecordedAt(own, refusal) <= factRecordedAt(own, consent);

/** The meaning of a consent or an opt-out for the call in question. */
type Meaning =
  | { kind: "grant" | "no" | "request" | "void"; covers: boolean; isProven: boolean }
  | { kind: "opt-out"; refuses: boolean };

/** Creates a function that interprets facts. Each text that facts share is interpreted once. */
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
  if (optOut === undefined) throw new Error("neither a consent nor an opt-out");
  return { kind: "opt-out", refuses: coversCall(optOut, question) };
}

function consentMeaning(type: string, isGrant: boolean) {
  if (isGrant) return "grant";
  if (type === "requested") return "request";
  return type === "invalidated" ? "void" : "no";
}
