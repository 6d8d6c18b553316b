import type { ConsentEvent } from "../../consents/consent/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";

/** Answer of a reassigned numbers database about a phone. */
export type ReassignedAnswer = {
  answer: "yes" | "no" | "no_data";
  /** Date of the consent, or of the last contact if there was none: was the number given up since then? */
  consentDate: Date;
  /** Time of the question. The database was at least this current. */
  askedAt: Date;
  /** Time of the answer. */
  at: Date;
};

/** Summary of all answers about a phone. */
export type Reassigned = {
  /** The number may have belonged to someone else until this time; null if no answer says so. */
  goneUntil: Date | null;
  /** The latest answer, if it is `no`. */
  kept: ReassignedAnswer | null;
};

/**
 * Days for which an answer counts. The database is updated once a month (47 CFR 64.1200(l)), and only its latest
 * version gives the safe harbor (64.1200(m)).
 */
export const ANSWER_DAYS = 31;

const noAnswers: Reassigned = { goneUntil: null, kept: null };

/** Finds the latest answer at an instant. Among simultaneous ones the stricter wins. Null if there is none. */
export function findLatestAnswer(
  answers: readonly ReassignedAnswer[],
  instant: Date,
): ReassignedAnswer | null {
  const known = answers.filter(({ at }) => at <= instant);
  const [latest = null] = known.toSorted(
    (a, b) => b.at.getTime() - a.at.getTime() || rankAnswer(a) - rankAnswer(b) || strictness(a, b),
  );
  return latest;
}

const rankAnswer = ({ answer }: ReassignedAnswer) => ["yes", "no_data", "no"].indexOf(answer);

/** Sorts equal answers: first the one that covers fewer consents, then the older. */
const strictness = (a: ReassignedAnswer, b: ReassignedAnswer) =>
  b.consentDate.getTime() - a.consentDate.getTime() || a.askedAt.getTime() - b.askedAt.getTime();

/** Summarizes the answers known at an instant. The latest decides, among simultaneous ones the stricter. */
export function summarizeAnswers(answers: readonly ReassignedAnswer[], instant: Date): Reassigned {
  if (answers.length === 0) return noAnswers;
  const known = answers.filter(({ at }) => at <= instant);
  const latest = findLatestAnswer(answers, instant);
  const gone = known.filter(({ answer }) => answer === "yes").map(({ at }) => at.getTime());
  return {
    goneUntil: gone.length > 0 ? new Date(Math.max(...gone)) : null,
    kept: latest?.answer === "no" ? latest : null,
  };
}

const covers = ({ kept }: Reassigned, grant: ConsentEvent) =>
  kept !== null && kept.consentDate <= grant.at;

/** True if a consent may be from a previous owner of the number. */
export const mayBeOfPreviousOwner = (reassigned: Reassigned, grant: ConsentEvent): boolean =>
  reassigned.goneUntil !== null && grant.at <= reassigned.goneUntil && !covers(reassigned, grant);

/**
 * True if a recent answer confirms that the number still belongs to the person who gave the consent that a call
 * rests on. A call that rests on none (null) needs an answer about any day: it says that nobody gave the number up
 * since we knew whose it was.
 */
export const isConfirmedOwner = (
  reassigned: Reassigned,
  grant: ConsentEvent | null,
  at: Date,
): boolean =>
  (grant === null ? reassigned.kept !== null : covers(reassigned, grant)) &&
  ageMs(reassigned, at) <= ANSWER_DAYS * DAY_MS;

const ageMs = ({ kept }: Reassigned, at: Date) =>
  at.getTime() - (kept?.askedAt.getTime() ?? Number.NEGATIVE_INFINITY);
