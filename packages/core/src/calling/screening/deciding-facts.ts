import { DAY_MS } from "../../platform/time/index.ts";
import {
  type ConsentEvent,
  type ConsentQuestion,
  coversQuestion,
  isEnquiry,
  isGrant,
  isNotEarlierThanOptOut,
} from "../../consents/consent/index.ts";
import { type OptOut, coversCall } from "../../do-not-call/opt-out/index.ts";
import { wasKnownAt } from "./relationship.ts";
import type { ReassignedAnswer } from "./reassigned.ts";
import { type CapBounds, type SensitiveSpans, endsBeyondHorizon } from "./signature.ts";

/*
 * Finds the consents, opt-outs, answers and calls that can change a verdict (the deciding facts), for the scrub
 * engine, which holds millions of facts in columns and refers to them by index. Nothing is decided here: phones
 * with equal deciding facts form a group, and `screen` decides for one phone of each group.
 * `classifier.int.test.ts` compares the engine's verdicts with `screen`, row by row.
 */

/** Reads a fact by its index. Times are epoch milliseconds; NaN means that there is none. */
export type FactReader = {
  at: (fact: number) => number;
  recordedAt: (fact: number) => number;
  end: (fact: number) => number;
};

/** Reads consents and opt-outs, with their meaning for the call. */
export type ConsentReader = FactReader & { meaning: (fact: number) => FactMeaning };

/**
 * Effect of a consent or opt-out on a call, apart from its times. "no": refused or withdrawn; "void": found
 * never to have been given, or only an enquiry. `covers` and `refuses`: it covers the call. If a phone has a "void"
 * fact, none of its consents is left out, because `screen` decides which of them that fact affects.
 */
export type FactMeaning =
  | { kind: "grant" | "no" | "request" | "void"; covers: boolean; isProven: boolean }
  | { kind: "opt-out"; refuses: boolean };

/** Interprets a consent for a call, apart from its times. */
export const interpretConsent = (event: ConsentEvent, question: ConsentQuestion): FactMeaning => ({
  kind: toKind(event),
  covers: coversQuestion(event, question),
  isProven: event.isProven,
});

/** Interprets an opt-out for a call, apart from its times. */
export const interpretOptOut = (optOut: OptOut, question: ConsentQuestion): FactMeaning => ({
  kind: "opt-out",
  refuses: coversCall(optOut, question),
});

function toKind(event: ConsentEvent) {
  // Whether an enquiry counts depends on the law of each call.
  if (isGrant(event)) return isEnquiry(event) ? "void" : "grant";
  if (event.type === "requested") return "request";
  return event.type === "invalidated" ? "void" : "no";
}

/** The consents of a phone that can change the verdict, and whether an opt-out covers the call. */
export type DecidingConsents = {
  isOptedOut: boolean;
  /** Latest first. */
  consents: number[];
  /** "all" if the order of consents matters, "latest" if only the latest must be known, "none" if only the set matters. */
  order: "all" | "latest" | "none";
};

/** The time of the calls, whether they are hypothetical, and the spans in which exact times matter. */
type Moment = { at: number; isWhatIf: boolean; spans: SensitiveSpans };

/**
 * Leaves out consents that cannot change a verdict: grants that an opt-out blocks, events before the latest no,
 * and requests if there is any grant or no. Returns null if nothing can be left out: there is an invalidation, an
 * enquiry, an event in the future, a proven grant that may lift an opt-out, or a `dated` listing or answer about
 * reassignment, because a later consent lifts the listing, and an earlier one may be of the number's previous owner;
 * or a grant and a refusal where a law asks how long after the refusal the consent was given.
 */
export function findDecidingConsents(
  read: ConsentReader,
  facts: readonly number[],
  dated: readonly number[],
  moment: Moment,
): DecidingConsents | null {
  if (dated.length > 0) return null;
  const { at, isWhatIf, spans } = moment;
  const optOuts: number[] = [];
  const consents: number[] = [];
  for (const fact of facts) {
    const meaning = read.meaning(fact);
    if (meaning.kind === "opt-out") {
      if (meaning.refuses && wasKnownAt(isWhatIf, at, read.at(fact), read.recordedAt(fact))) {
        optOuts.push(fact);
      }
    } else if (meaning.kind === "void" || read.at(fact) > at) return null;
    else consents.push(fact);
  }
  let hasProven = false;
  const events: number[] = [];
  for (const fact of consents) {
    const meaning = read.meaning(fact);
    if (meaning.kind === "grant") {
      hasProven ||= meaning.isProven;
      if (isBlockedByAny(read, optOuts, fact)) continue;
    }
    insertByTime(read, events, fact);
  }
  if (optOuts.length > 0 && hasProven) return null;
  if (spans.comparesRefusals && hasGrantAndRefusal(read, events, optOuts)) return null;

  return { isOptedOut: optOuts.length > 0, ...findDecidingEvents(read, events, moment) };
}

const hasGrantAndRefusal = (
  read: ConsentReader,
  events: readonly number[],
  optOuts: readonly number[],
) =>
  events.some((fact) => read.meaning(fact).kind === "grant") &&
  (optOuts.length > 0 || events.some((fact) => read.meaning(fact).kind === "no"));

/**
 * True if a grant was made or recorded no earlier than an opt-out. Such a grant cannot lift the opt-out unless it
 * is proven, so it does not count.
 */
function isBlockedByAny(read: FactReader, optOuts: readonly number[], consent: number): boolean {
  const [at, recordedAt] = [read.at(consent), read.recordedAt(consent)];
  for (const optOut of optOuts) {
    if (isNotEarlierThanOptOut(at, recordedAt, read.at(optOut), read.recordedAt(optOut)))
      return true;
  }
  return false;
}

/** Inserts a fact into a list that is sorted with the latest first. */
function insertByTime(read: FactReader, facts: number[], fact: number) {
  const at = read.at(fact);
  let index = facts.length;
  for (; index > 0 && read.at(facts[index - 1] ?? 0) < at; index--) {
    facts[index] = facts[index - 1] ?? 0;
  }
  facts[index] = fact;
}

function findDecidingEvents(
  read: ConsentReader,
  events: number[],
  moment: Moment,
): Omit<DecidingConsents, "isOptedOut"> {
  const no = findLatestNo(read, events);
  const noAt = no === undefined ? Number.NEGATIVE_INFINITY : read.at(no);
  const grants: number[] = [];
  for (const fact of events) {
    if (read.at(fact) <= noAt) break;
    const meaning = read.meaning(fact);
    if (meaning.kind === "grant" && meaning.covers) grants.push(fact);
  }
  const [latest, before] = grants;
  if (latest !== undefined) return findDecidingGrants(read, grants, { latest, before }, moment);
  if (no === undefined) return { consents: events, order: "all" };
  // There may be several at the same time: `screen` decides which of them it reports.
  const simultaneous = events.filter(
    (fact) => read.at(fact) === noAt && appliesToCall(read.meaning(fact)),
  );
  return { consents: simultaneous, order: "none" };
}

function findLatestNo(read: ConsentReader, events: readonly number[]) {
  for (const fact of events) {
    const meaning = read.meaning(fact);
    if (meaning.kind === "no" && meaning.covers) return fact;
  }
  return undefined;
}

const appliesToCall = (meaning: FactMeaning) => meaning.kind !== "opt-out" && meaning.covers;

/**
 * Returns the grants that can change the verdict. If the latest grant has ended, no other counts; otherwise all
 * earlier grants that have not ended count too. `before` is the grant before the latest.
 */
function findDecidingGrants(
  read: FactReader,
  grants: number[],
  { latest, before }: { latest: number; before: number | undefined },
  { at, spans }: Moment,
): Omit<DecidingConsents, "isOptedOut"> {
  // If the latest grants have the same time, `screen` decides which of them comes first.
  if (before !== undefined && read.at(before) === read.at(latest)) {
    const allOutlastHorizon = grants.every((grant) => endsBeyondHorizon(read.end(grant), spans));
    return { consents: grants, order: allOutlastHorizon ? "none" : "all" };
  }
  const hasEnded = (grant: number) => read.end(grant) <= at;
  if (hasEnded(latest)) return { consents: [latest], order: "none" };
  const lasting = grants.filter((grant) => !hasEnded(grant));
  return {
    consents: lasting,
    order: endsBeyondHorizon(read.end(latest), spans) ? "none" : "latest",
  };
}

/**
 * Returns the answers about reassignment that `summarizeAnswers` looks at: the latest `yes` (the number was given up),
 * and the most recent answers if each of those is `no`.
 */
export function findDecidingAnswers(
  { recordedAt }: FactReader,
  readAnswer: (fact: number) => ReassignedAnswer["answer"] | null,
  answers: readonly number[],
): number[] {
  const newest = Math.max(...answers.map(recordedAt));
  const mostRecent = answers.filter((fact) => recordedAt(fact) === newest);
  const [latestYes] = answers
    .filter((fact) => readAnswer(fact) === "yes")
    .toSorted((a, b) => recordedAt(b) - recordedAt(a));
  const areAllNo = mostRecent.every((fact) => readAnswer(fact) === "no");
  return [...(latestYes === undefined ? [] : [latestYes]), ...(areAllNo ? mostRecent : [])];
}

/**
 * True if a suppression ends after the call. The verdict says from when the person may be called, however far off
 * that is, so that every instant of every fact matters.
 */
export const doesEveryInstantMatter = (
  { end }: Pick<FactReader, "end">,
  suppressions: readonly number[],
  at: number,
): boolean => suppressions.some((fact) => end(fact) > at);

/** Returns the recent calls that a frequency cap may count, or none if they are too few to reach a cap. */
export function findCountedCalls(
  read: Pick<FactReader, "at">,
  calls: readonly number[],
  cap: CapBounds | null,
  at: number,
): readonly number[] {
  if (cap === null || calls.length < cap.fewest) return [];
  const recent = calls.filter((call) => at - read.at(call) < cap.days * DAY_MS);
  return recent.length < cap.fewest ? [] : recent;
}
