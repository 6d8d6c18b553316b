import type { ConsentEvent } from "../consent/index.ts";
import { DAY_MS } from "../time/index.ts";

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

/** The latest decides. Of two at one instant, the one that permits less. */
export function reassignedAt(answers: readonly ReassignedAnswer[], instant: Date): Reassigned {
  if (answers.length === 0) return nothingSaid;
  const known = answers.filter(({ at }) => at <= instant);
  const newest = Math.max(...known.map(({ at }) => at.getTime()));
  const latest = known.filter(({ at }) => at.getTime() === newest);
  const gone = known.filter(({ answer }) => answer === "yes").map(({ at }) => at.getTime());
  const [kept = null] = latest.toSorted(
    (a, b) =>
      b.consentDate.getTime() - a.consentDate.getTime() ||
      a.askedAt.getTime() - b.askedAt.getTime(),
  );
  return {
    goneUntil: gone.length > 0 ? new Date(Math.max(...gone)) : null,
    kept: latest.every(({ answer }) => answer === "no") ? kept : null,
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
