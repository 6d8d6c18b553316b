import { type OptOut, refusesCall } from "../../do-not-call/opt-out/index.ts";
import type { ConsentEvent } from "./consent.ts";
import { type ConsentQuestion, isGrant } from "./standing.ts";

/**
 * The refusals that stand against a call. Only a proven consent in force, later than the refusal
 * both in when it was said and in when it came on record, lifts one, and only for its own seller and
 * purposes (contract 6). `grants` are those in force for the question. Whatever time a refusal
 * bears, it counts.
 */
export const optOutsAgainst = (
  optOuts: readonly OptOut[],
  question: ConsentQuestion,
  grants: readonly ConsentEvent[],
): readonly OptOut[] =>
  optOuts.filter(
    (optOut) => refusesCall(optOut, question) && !grants.some((grant) => lifts(grant, optOut)),
  );

/** Whether a consent, while it is in force, lifts a refusal that it covers. */
export const lifts = ({ isProven, at, recordedAt }: ConsentEvent, optOut: OptOut) =>
  isProven && at > optOut.at && recordedAt > optOut.recordedAt;

/**
 * Whether a consent came after a refusal that it does not lift: it is kept, and counts for nothing.
 * `against` are the refusals that stand.
 */
export const isHeld = (event: ConsentEvent, against: readonly OptOut[]) =>
  isGrant(event) &&
  against.some((optOut) => optOut.at <= event.at || optOut.recordedAt <= event.recordedAt);
