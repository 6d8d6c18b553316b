import { type OwnFacts, atOf, placeSaid, recordedAtOf, untilOf } from "./fact-store.ts";
import { type Spans, lasts } from "./sensitive-spans.ts";
import { type ConsentQuestion, coversQuestion, isGrant } from "@ringfence/core/consents/consent";
import { coversCall } from "@ringfence/core/do-not-call/opt-out";
import { consentOf, optOutOf } from "../../screening/to-facts.ts";
import { factsRowOf } from "./to-facts-row.ts";

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
export function decidingConsents(
  own: OwnFacts,
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
    } else if (said.kind === "void" || atOf(own, fact) > at) return null;
    else consents.push(fact);
  }
  let hasProven = false;
  const heard: number[] = [];
  for (const fact of consents) {
    const said = meaning(fact);
    if (said.kind === "grant") {
      hasProven ||= said.isProven;
      if (isHeldByAny(own, against, fact)) continue;
    }
    placeByTime(own, heard, fact);
  }
  if (against.length > 0 && hasProven) return null;

  return { isOptedOut: against.length > 0, ...whatDecides(own, meaning, heard, at, spans) };
}

function isHeldByAny(own: OwnFacts, against: readonly number[], consent: number): boolean {
  for (const refusal of against) if (holds(own, refusal, consent)) return true;
  return false;
}

/** Among facts that are in their order, the latest first. */
function placeByTime(own: OwnFacts, facts: number[], fact: number) {
  const at = atOf(own, fact);
  let place = facts.length;
  for (; place > 0 && atOf(own, facts[place - 1] ?? 0) < at; place--) {
    facts[place] = facts[place - 1] ?? 0;
  }
  facts[place] = fact;
}

function whatDecides(
  own: OwnFacts,
  meaning: (fact: number) => Meaning,
  heard: number[],
  at: number,
  spans: Spans,
): Omit<Deciding, "isOptedOut"> {
  const no = latestNo(meaning, heard);
  const noAt = no === undefined ? Number.NEGATIVE_INFINITY : atOf(own, no);
  const later: number[] = [];
  for (const fact of heard) {
    if (atOf(own, fact) <= noAt) break;
    const said = meaning(fact);
    if (said.kind === "grant" && said.covers) later.push(fact);
  }
  const [latest, before] = later;
  if (latest !== undefined) return grantsThatDecide(own, later, latest, before, at, spans);
  if (no === undefined) return { consents: heard, order: "all" };
  // Several at one instant: which of them is told is not ours to say.
  const atOnce = heard.filter((fact) => atOf(own, fact) === noAt && covers(meaning(fact)));
  return { consents: atOnce, order: "none" };
}

function latestNo(meaning: (fact: number) => Meaning, heard: readonly number[]) {
  for (const fact of heard) {
    const said = meaning(fact);
    if (said.kind === "no" && said.covers) return fact;
  }
  return undefined;
}

const covers = (said: Meaning) => said.kind !== "opt-out" && said.covers;

/** Where the latest grant has ended, no other counts; until then those before it do that have not. */
function grantsThatDecide(
  own: OwnFacts,
  grants: number[],
  latest: number,
  before: number | undefined,
  at: number,
  spans: Spans,
): Omit<Deciding, "isOptedOut"> {
  // Of two at one instant, which is the latest is not ours to say.
  if (before !== undefined && atOf(own, before) === atOf(own, latest)) {
    const allLast = grants.every((grant) => lasts(untilOf(own, grant), spans));
    return { consents: grants, order: allLast ? "none" : "all" };
  }
  const hasEnded = (grant: number) => untilOf(own, grant) <= at;
  if (hasEnded(latest)) return { consents: [latest], order: "none" };
  const lasting = grants.filter((grant) => !hasEnded(grant));
  return { consents: lasting, order: lasts(untilOf(own, latest), spans) ? "none" : "latest" };
}

/** In a what-if, a refusal that was both said and recorded since then does not count. */
const counts = (own: OwnFacts, fact: number, instant: number, isPast: boolean) =>
  !isPast || atOf(own, fact) <= instant || recordedAtOf(own, fact) <= instant;

/** As `isHeld` of core/consent has it. */
const holds = (own: OwnFacts, refusal: number, consent: number) =>
  atOf(own, refusal) <= atOf(own, consent) ||
  recordedAtOf(own, refusal) <= recordedAtOf(own, consent);

/** What a consent or a refusal says about the call that is asked about. */
type Meaning =
  | { kind: "grant" | "no" | "request" | "void"; covers: boolean; isProven: boolean }
  | { kind: "opt-out"; refuses: boolean };

/** The meaning of a fact, worked out once for each text that facts share. */
export function meaningsOf(own: OwnFacts, question: ConsentQuestion) {
  const known: (Meaning | undefined)[] = [];
  return (fact: number): Meaning =>
    (known[placeSaid(own, fact)] ??= meaningOf(own, fact, question));
}

function meaningOf(own: OwnFacts, fact: number, question: ConsentQuestion): Meaning {
  const { consents, optOuts } = factsRowOf(own, [fact]);
  const [consent] = consents.map(consentOf);
  if (consent !== undefined) {
    const covers = coversQuestion(consent, question);
    return {
      kind: consentMeaning(consent.type, isGrant(consent)),
      covers,
      isProven: consent.isProven,
    };
  }
  const [optOut] = optOuts.map(optOutOf);
  if (optOut === undefined) throw new Error("neither a consent nor a refusal");
  return { kind: "opt-out", refuses: coversCall(optOut, question) };
}

function consentMeaning(type: string, isGrant: boolean) {
  if (isGrant) return "grant";
  if (type === "requested") return "request";
  return type === "invalidated" ? "void" : "no";
}
