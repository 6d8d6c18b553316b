import type { ConsentEvent } from "../../consents/consent/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";

/** Answer of a reassigned numbers database about a phone. */
export type ReassignedAnswer = {
  answer: "yes" | "no" | "no_data";
  /** Date of the consent, or of the last contact if there was none: was the number given up since then? */
  consentDate: Date;
  /** Time of the question. The answer knows of all updates of the database until then. */
  askedAt: Date;
  /** Time of the answer. */
  at: Date;
};

/** Summary of all answers about a phone. */
export type Reassigned = {
  /** Time of the latest `yes`: consents up to then may be a previous owner's. Null if there is none. */
  reassignedAt: Date | null;
  /** The latest answer, if it is `no`: nobody gave the number up since the day that was asked about. */
  confirmation: ReassignedAnswer | null;
};

/**
 * Days for which a confirmation counts after the question. The database is updated once a month (47 CFR 64.1200(l)),
 * and the safe harbor needs a recent version of it (64.1200(m)).
 */
export const ANSWER_DAYS = 31;

const noAnswers: Reassigned = { reassignedAt: null, confirmation: null };

/** Finds the latest answer at an instant. Among simultaneous ones the stricter wins. Null if there is none. */
export function findLatestAnswer(
  answers: readonly ReassignedAnswer[],
  instant: Date,
): ReassignedAnswer | null {
  const known = answers.filter(({ at }) => at <= instant);
  const [latest = null] = known.toSorted(
    (a, b) =>
      b.at.getTime() - a.at.getTime() || rankAnswer(a) - rankAnswer(b) || compareStrictness(a, b),
  );
  return latest;
}

const rankAnswer = ({ answer }: ReassignedAnswer) => ["yes", "no_data", "no"].indexOf(answer);

/** Compares equal answers: first the one that asked about the later day, then the one that was asked earlier. */
const compareStrictness = (a: ReassignedAnswer, b: ReassignedAnswer) =>
  b.consentDate.getTime() - a.consentDate.getTime() || a.askedAt.getTime() - b.askedAt.getTime();

/**
 * Summarizes the answers known at an instant. Every `yes` stays in force; only the latest answer, if it is a `no`, can
 * confirm a consent in spite of it. A later `no_data` takes that back.
 */
export function summarizeAnswers(answers: readonly ReassignedAnswer[], instant: Date): Reassigned {
  if (answers.length === 0) return noAnswers;
  const known = answers.filter(({ at }) => at <= instant);
  const latest = findLatestAnswer(answers, instant);
  const times = known.filter(({ answer }) => answer === "yes").map(({ at }) => at.getTime());
  return {
    reassignedAt: times.length > 0 ? new Date(Math.max(...times)) : null,
    confirmation: latest?.answer === "no" ? latest : null,
  };
}

/** True if the number was not given up since the consent, as far as the latest answer knows. */
const isConfirmed = ({ confirmation }: Reassigned, grant: ConsentEvent) =>
  confirmation !== null && confirmation.consentDate <= grant.at;

/**
 * Returns the time since which records of the number are certainly not a previous owner's; null if no answer says that
 * it was reassigned.
 */
export function findOwnedSince({ reassignedAt, confirmation }: Reassigned): Date | null {
  if (reassignedAt === null) return null;
  const afterAnswer = new Date(reassignedAt.getTime() + 1);
  return confirmation !== null && confirmation.consentDate < afterAnswer
    ? confirmation.consentDate
    : afterAnswer;
}

/** True if a consent may be from a previous owner of the number. */
export function mayBeOfPreviousOwner(reassigned: Reassigned, grant: ConsentEvent): boolean {
  const since = findOwnedSince(reassigned);
  return since !== null && grant.at < since;
}

/**
 * True if a recent answer confirms that the number still belongs to the person who gave the consent that a call
 * rests on. For a call that rests on none (null), a `no` about any day will do, because we asked about a day on which
 * we knew whose number it was. `at` is the instant of the summary.
 */
export const isConfirmedOwner = (
  reassigned: Reassigned,
  grant: ConsentEvent | null,
  at: Date,
): boolean =>
  (grant === null ? reassigned.confirmation !== null : isConfirmed(reassigned, grant)) &&
  ageMs(reassigned, at) <= ANSWER_DAYS * DAY_MS;

const ageMs = ({ confirmation }: Reassigned, at: Date) =>
  at.getTime() - (confirmation?.askedAt.getTime() ?? Number.NEGATIVE_INFINITY);
