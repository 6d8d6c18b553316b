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
 * with equal deciding facts form a group, and `screen` decides for one phone of each group. So it is always safe to
 * leave out nothing, and a fault to leave out a fact that `screen` looks at. `classifier.int.test.ts` compares the
 * engine's verdicts with `screen`, row by row.
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
 * Effect of a consent event or an opt-out on a call, apart from its times. `covers`: it is about the seller, purpose and
 * channel of the call. `refuses`: the opt-out covers the call.
 */
export type FactMeaning =
  | { kind: ConsentKind; covers: boolean; isProven: boolean }
  | { kind: "opt-out"; refuses: boolean };

/**
 * `refusal`: the person refused or withdrew. `unclear`: an invalidation, or a grant that is only an enquiry. Only `screen`
 * knows which consents an invalidation ends and whether an enquiry counts, so a phone with such an event keeps them all.
 */
type ConsentKind = "grant" | "refusal" | "request" | "unclear";

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

function toKind(event: ConsentEvent): ConsentKind {
  if (isGrant(event)) return isEnquiry(event) ? "unclear" : "grant";
  if (event.type === "requested") return "request";
  return event.type === "invalidated" ? "unclear" : "refusal";
}

/** The consent events of a phone that can change the verdict, and whether an opt-out covers the call. */
export type DecidingConsents = {
  isOptedOut: boolean;
  /** Latest first. */
  consents: number[];
  /**
   * Part of the order of events that must also be equal for phones with the same `consents`: all of it, the latest
   * event, or none.
   */
  order: "all" | "latest" | "none";
};

/** The time of the call, whether the call is a what-if, and the spans in which exact times matter. */
type Moment = { at: number; isWhatIf: boolean; spans: SensitiveSpans };

/**
 * Leaves out the consent events of a phone that cannot change a verdict: grants made or recorded after an opt-out, and,
 * if a grant or a refusal covers the call, events before the latest such refusal, requests, and events that do not
 * cover the call. Returns null if nothing may be left out, which is so if there is
 * - an invalidation or an enquiry;
 * - an event in the future;
 * - an opt-out, and a proven grant, which may lift it;
 * - a dated listing in a registry, which a later consent may lift;
 * - an answer about reassignment: an earlier consent may be of the number's previous owner;
 * - a purchase, which counts only if the person never refused;
 * - a grant and a refusal, where a law asks how long after the refusal the consent was given.
 *
 * `facts` are the consent events and opt-outs, `othersByTime` the listings, answers and purchases.
 */
export function findDecidingConsents(
  read: ConsentReader,
  facts: readonly number[],
  othersByTime: readonly number[],
  moment: Moment,
): DecidingConsents | null {
  if (othersByTime.length > 0) return null;
  const { at, isWhatIf, spans } = moment;
  const optOuts: number[] = [];
  const consents: number[] = [];
  for (const fact of facts) {
    const meaning = read.meaning(fact);
    if (meaning.kind === "opt-out") {
      if (meaning.refuses && wasKnownAt(isWhatIf, at, read.at(fact), read.recordedAt(fact))) {
        optOuts.push(fact);
      }
    } else if (meaning.kind === "unclear" || read.at(fact) > at) return null;
    else consents.push(fact);
  }
  let hasProvenGrant = false;
  const events: number[] = [];
  for (const fact of consents) {
    const meaning = read.meaning(fact);
    if (meaning.kind === "grant") {
      hasProvenGrant ||= meaning.isProven;
      if (isAfterAnyOptOut(read, fact, optOuts)) continue;
    }
    insertByTime(read, events, fact);
  }
  if (optOuts.length > 0 && hasProvenGrant) return null;
  if (spans.comparesRefusals && hasGrantAndRefusal(read, events, optOuts)) return null;

  return { isOptedOut: optOuts.length > 0, ...findDecidingEvents(read, events, moment) };
}

const hasGrantAndRefusal = (
  read: ConsentReader,
  events: readonly number[],
  optOuts: readonly number[],
) =>
  events.some((fact) => read.meaning(fact).kind === "grant") &&
  (optOuts.length > 0 || events.some((fact) => read.meaning(fact).kind === "refusal"));

/**
 * True if a grant was made or recorded no earlier than an opt-out that covers the call. Such a grant counts only if it is
 * proven, which is a case in which nothing is left out.
 */
function isAfterAnyOptOut(read: FactReader, grant: number, optOuts: readonly number[]): boolean {
  const [at, recordedAt] = [read.at(grant), read.recordedAt(grant)];
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

/** Chooses among the events, latest first, of a phone about which nothing is unclear. */
function findDecidingEvents(
  read: ConsentReader,
  events: number[],
  moment: Moment,
): Omit<DecidingConsents, "isOptedOut"> {
  const refusal = findLatestRefusal(read, events);
  const refusedAt = refusal === undefined ? Number.NEGATIVE_INFINITY : read.at(refusal);
  const laterGrants: number[] = [];
  for (const fact of events) {
    if (read.at(fact) <= refusedAt) break;
    const meaning = read.meaning(fact);
    if (meaning.kind === "grant" && meaning.covers) laterGrants.push(fact);
  }
  const [latest] = laterGrants;
  if (latest !== undefined) return findDecidingGrants(read, laterGrants, latest, moment);
  if (refusal === undefined) return { consents: events, order: "all" };
  // Several may have the time of the refusal: `screen` decides which of them it reports.
  const simultaneous = events.filter(
    (fact) => read.at(fact) === refusedAt && coversTheCall(read.meaning(fact)),
  );
  return { consents: simultaneous, order: "none" };
}

function findLatestRefusal(read: ConsentReader, events: readonly number[]) {
  for (const fact of events) {
    const meaning = read.meaning(fact);
    if (meaning.kind === "refusal" && meaning.covers) return fact;
  }
  return undefined;
}

const coversTheCall = (meaning: FactMeaning) => meaning.kind !== "opt-out" && meaning.covers;

/**
 * Chooses among the grants, latest first, that no refusal followed. If the latest has ended, the consent has expired, and
 * no other counts. Otherwise all that have not ended count. Which of them is the latest then matters only if it ends
 * within the horizon of the verdict, because the consent expires with it.
 */
function findDecidingGrants(
  read: FactReader,
  grants: number[],
  latest: number,
  { at, spans }: Moment,
): Omit<DecidingConsents, "isOptedOut"> {
  const [, second] = grants;
  if (second !== undefined && read.at(second) === read.at(latest)) {
    // `screen` decides which of the two is the latest.
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
 * True if a suppression has an end, and ends after the call. The verdict says from when the person may be called,
 * however far off that is, so that every instant of every fact matters.
 */
export const doesEveryInstantMatter = (
  { end }: Pick<FactReader, "end">,
  suppressions: readonly number[],
  at: number,
): boolean => suppressions.some((fact) => end(fact) > at);

/**
 * Returns the calls and permits of the days that a frequency cap may count. Returns none if they are too few for any
 * cap to refuse, or if no cap applies (`cap` is null).
 */
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
