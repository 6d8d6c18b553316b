import type { ConsentEvent } from "../../consents/consent/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";

/** What a database of reassigned numbers answered about a phone. */
export type ReassignedAnswer = {
  answer: "yes" | "no" | "no_data";
  /** It was asked whether the number was given up since then. */
  consentDate: Date;
  /** What it knew is no older. */
  askedAt: Date;
  /** When the answer came. */
  at: Date;
};

/** All answers about a phone, in one. */
export type Reassigned = {
  /** Until then the number may have been another's; null where no answer says so. */
  goneUntil: Date | null;
  /** What the latest answer says, where that is `no`. */
  kept: ReassignedAnswer | null;
};

/**
 * The database takes in once a month which numbers were given up (47 CFR 64.1200(l)), and only its most
 * recent version gives the safe harbor (64.1200(m)): an older answer is of an older version.
 */
export const ANSWER_DAYS = 31;

const nothingSaid: Reassigned = { goneUntil: null, kept: null };

/** The one that decides at an instant; of several at once the one that permits less. Null where none came. */
export function latestAnswer(
  answers: readonly ReassignedAnswer[],
  instant: Date,
): ReassignedAnswer | null {
  const known = answers.filter(({ at }) => at <= instant);
  const [latest = null] = known.toSorted(
    (a, b) => b.at.getTime() - a.at.getTime() || leaveOf(a) - leaveOf(b) || strictness(a, b),
  );
  return latest;
}

const leaveOf = ({ answer }: ReassignedAnswer) => ["yes", "no_data", "no"].indexOf(answer);

/** Of two that say the same, the one that vouches for fewer consents, then the older. */
const strictness = (a: ReassignedAnswer, b: ReassignedAnswer) =>
  b.consentDate.getTime() - a.consentDate.getTime() || a.askedAt.getTime() - b.askedAt.getTime();

/** The latest decides. Of two at one instant, the one that permits less. */
export function reassignedAt(answers: readonly ReassignedAnswer[], instant: Date): Reassigned {
  if (answers.length === 0) return nothingSaid;
  const known = answers.filter(({ at }) => at <= instant);
  const latest = latestAnswer(answers, instant);
  const gone = known.filter(({ answer }) => answer === "yes").map(({ at }) => at.getTime());
  return {
    goneUntil: gone.length > 0 ? new Date(Math.max(...gone)) : null,
    kept: latest?.answer === "no" ? latest : null,
  };
}

const covers = ({ kept }: Reassigned, grant: ConsentEvent) =>
  kept !== null && kept.consentDate <= grant.at;

/** Whether a consent may be of somebody who had the number before. */
export const isOfAnother = (reassigned: Reassigned, grant: ConsentEvent): boolean =>
  reassigned.goneUntil !== null && grant.at <= reassigned.goneUntil && !covers(reassigned, grant);

/** Whether the latest version says that who consented still has the number. */
export const isSurelyTheirs = (reassigned: Reassigned, grant: ConsentEvent, at: Date): boolean =>
  covers(reassigned, grant) && ageMs(reassigned, at) <= ANSWER_DAYS * DAY_MS;

const ageMs = ({ kept }: Reassigned, at: Date) =>
  at.getTime() - (kept?.askedAt.getTime() ?? Number.NEGATIVE_INFINITY);
