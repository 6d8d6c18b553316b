import { type OptOut, refusesCall } from "../opt-out/index.ts";
import type { ConsentEvent } from "./consent.ts";
import { type ConsentQuestion, isGrant, standingAt } from "./standing.ts";

/**
 * The refusals that stand against a question (contract 6). Only a consent that is proven, and later
 * than the refusal both in what it says and in when it came on record, lifts one, and only for its
 * own seller and purposes. Whatever time a refusal bears, it counts: leaving out those that were
 * made after a what-if is the caller's decision.
 */
export function optOutsAgainst(
  optOuts: readonly OptOut[],
  events: readonly ConsentEvent[],
  question: ConsentQuestion,
  at: Date,
): readonly OptOut[] {
  const against = optOuts.filter((optOut) => refusesCall(optOut, question));
  if (against.length === 0) return against;

  const standing = standingAt(events, question, at);
  if (standing.status !== "granted") return against;
  return against.filter((optOut) => !standing.grants.some((grant) => lifts(grant, optOut)));
}

const lifts = ({ isProven, at, recordedAt }: ConsentEvent, optOut: OptOut) =>
  isProven && at > optOut.at && recordedAt > optOut.recordedAt;

/**
 * Whether a consent came after a refusal that it does not lift: it is kept, and counts for nothing.
 * `against` are the refusals that stand.
 */
export const isHeld = (event: ConsentEvent, against: readonly OptOut[]) =>
  isGrant(event) &&
  against.some((optOut) => optOut.at <= event.at || optOut.recordedAt <= event.recordedAt);
