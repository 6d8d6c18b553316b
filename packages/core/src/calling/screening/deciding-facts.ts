import { DAY_MS } from "../../platform/time/index.ts";
import {
  type ConsentEvent,
  type ConsentQuestion,
  coversQuestion,
  isGrant,
  isNotEarlierThanOptOut,
} from "../../consents/consent/index.ts";
import { type OptOut, coversCall } from "../../do-not-call/opt-out/index.ts";
import { wasKnown } from "./prepare-facts.ts";
import type { ReassignedAnswer } from "./reassigned.ts";
import { type CapBounds, type SensitiveSpans, endsBeyondHorizon } from "./signature.ts";

/*
 * Says which consents, opt-outs, answers and calls can change a verdict, for an engine that holds millions of
 * facts in columns and names them by number. Nothing is decided here: `screen` decides about one of the phones
 * whose deciding facts are equal. `classifier.int.test.ts` compares the two, row by row.
 */

/** Reads the facts of an engine. Times are epoch milliseconds; NaN is none. */
export type FactReader = {
  at: (fact: number) => number;
  recordedAt: (fact: number) => number;
  end: (fact: number) => number;
};

/** Reads consents and opt-outs, with their meaning for the call in question. */
export type ConsentReader = FactReader & { meaning: (fact: number) => FactMeaning };

export type FactMeaning =
  | { kind: "grant" | "no" | "request" | "void"; covers: boolean; isProven: boolean }
  | { kind: "opt-out"; refuses: boolean };

/** Interprets a consent for a call. Its times do not matter. */
export const interpretConsent = (event: ConsentEvent, question: ConsentQuestion): FactMeaning => ({
  kind: toKind(event),
  covers: coversQuestion(event, question),
  isProven: event.isProven,
});

/** Interprets an opt-out for a call. Its times do not matter. */
export const interpretOptOut = (optOut: OptOut, question: ConsentQuestion): FactMeaning => ({
  kind: "opt-out",
  refuses: coversCall(optOut, question),
});

function toKind(event: ConsentEvent) {
  if (isGrant(event)) return "grant";
  if (event.type === "requested") return "request";
  return event.type === "invalidated" ? "void" : "no";
}

/** The consents and opt-outs of a phone that decide. The others cannot change the verdict. */
export type DecidingConsents = {
  isOptedOut: boolean;
  /** Latest first. */
  consents: number[];
  /** "all" if the order of consents matters, "latest" if only the latest must be known, "none" if only the set matters. */
  order: "all" | "latest" | "none";
};

/** The instant of the calls, and what is looked at around it. */
type Moment = { at: number; isWhatIf: boolean; spans: SensitiveSpans };

/**
 * Leaves out what cannot change a verdict: consents covered by an opt-out, events before a later no, and answered
 * requests. Returns null in the cases that are not as simple: an invalidated consent, a proven one that may lift
 * an opt-out, and a consent in the future. Then everything counts.
 */
export function findDecidingConsents(
  read: ConsentReader,
  facts: readonly number[],
  moment: Moment,
): DecidingConsents | null {
  const { at, isWhatIf } = moment;
  const against: number[] = [];
  const consents: number[] = [];
  for (const fact of facts) {
    const said = read.meaning(fact);
    if (said.kind === "opt-out") {
      if (said.refuses && wasKnown(isWhatIf, at, read.at(fact), read.recordedAt(fact))) {
        against.push(fact);
      }
    } else if (said.kind === "void" || read.at(fact) > at) return null;
    else consents.push(fact);
  }
  let hasProven = false;
  const heard: number[] = [];
  for (const fact of consents) {
    const said = read.meaning(fact);
    if (said.kind === "grant") {
      hasProven ||= said.isProven;
      if (isCoveredByAny(read, against, fact)) continue;
    }
    insertByTime(read, heard, fact);
  }
  if (against.length > 0 && hasProven) return null;

  return { isOptedOut: against.length > 0, ...findDecidingEvents(read, heard, moment) };
}

function isCoveredByAny(read: FactReader, against: readonly number[], consent: number): boolean {
  const [at, recordedAt] = [read.at(consent), read.recordedAt(consent)];
  for (const optOut of against) {
    if (isNotEarlierThanOptOut(at, recordedAt, read.at(optOut), read.recordedAt(optOut)))
      return true;
  }
  return false;
}

/** Inserts a fact into a list that is sorted with the latest first. */
function insertByTime(read: FactReader, facts: number[], fact: number) {
  const at = read.at(fact);
  let place = facts.length;
  for (; place > 0 && read.at(facts[place - 1] ?? 0) < at; place--) {
    facts[place] = facts[place - 1] ?? 0;
  }
  facts[place] = fact;
}

function findDecidingEvents(
  read: ConsentReader,
  heard: number[],
  moment: Moment,
): Omit<DecidingConsents, "isOptedOut"> {
  const no = findLatestNo(read, heard);
  const noAt = no === undefined ? Number.NEGATIVE_INFINITY : read.at(no);
  const later: number[] = [];
  for (const fact of heard) {
    if (read.at(fact) <= noAt) break;
    const said = read.meaning(fact);
    if (said.kind === "grant" && said.covers) later.push(fact);
  }
  const [latest, before] = later;
  if (latest !== undefined) return findDecidingGrants(read, later, { latest, before }, moment);
  if (no === undefined) return { consents: heard, order: "all" };
  // Several at one instant: `screen` says which of them is reported.
  const atOnce = heard.filter((fact) => read.at(fact) === noAt && covers(read.meaning(fact)));
  return { consents: atOnce, order: "none" };
}

function findLatestNo(read: ConsentReader, heard: readonly number[]) {
  for (const fact of heard) {
    const said = read.meaning(fact);
    if (said.kind === "no" && said.covers) return fact;
  }
  return undefined;
}

const covers = (said: FactMeaning) => said.kind !== "opt-out" && said.covers;

/**
 * Returns the grants that decide. If the latest grant has ended, no other counts; otherwise all earlier
 * grants that have not ended count too.
 */
function findDecidingGrants(
  read: FactReader,
  grants: number[],
  { latest, before }: { latest: number; before: number | undefined },
  { at, spans }: Moment,
): Omit<DecidingConsents, "isOptedOut"> {
  // Of two grants at one instant, `screen` decides which is the latest.
  if (before !== undefined && read.at(before) === read.at(latest)) {
    const allLast = grants.every((grant) => endsBeyondHorizon(read.end(grant), spans));
    return { consents: grants, order: allLast ? "none" : "all" };
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
 * Returns the answers about reassignment that `reassignedAt` looks at: the last `yes`, and the latest answers
 * if all of them are `no`.
 */
export function findDecidingAnswers(
  { recordedAt }: FactReader,
  answerOf: (fact: number) => ReassignedAnswer["answer"] | null,
  answers: readonly number[],
): number[] {
  const newest = Math.max(...answers.map(recordedAt));
  const latest = answers.filter((fact) => recordedAt(fact) === newest);
  const [gone] = answers
    .filter((fact) => answerOf(fact) === "yes")
    .toSorted((a, b) => recordedAt(b) - recordedAt(a));
  const isKept = latest.every((fact) => answerOf(fact) === "no");
  return [...(gone === undefined ? [] : [gone]), ...(isKept ? latest : [])];
}

/** Returns the calls that a cap can count: none if they are too few or too old. */
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
