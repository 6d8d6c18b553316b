import { z } from "zod";
import { type Ending, findEnding } from "../../calling/call/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";

type TimedOutcome = { at: Date; outcome: string | null };

/** Recorded calls to a person, and what they said afterwards. */
export type CallRecord = {
  /** `offer`: the ID of the offer that was made. Null if unknown. */
  calls: readonly (TimedOutcome & { offer?: string | null })[];
  /**
   * Activities that report a call outcome. One without a recorded call in the `DAYS_TO_ANSWER` days before it
   * counts as a call.
   */
  outcomes: readonly TimedOutcome[];
  optOuts: readonly { at: Date }[];
  complaints: readonly { at: Date }[];
};

/**
 * Finds the result of each call, oldest first. A response belongs to the last call before it, if that was less
 * than `DAYS_TO_ANSWER` days earlier.
 */
export function resolveCallResults({
  calls,
  outcomes,
  optOuts,
  complaints,
}: CallRecord): { at: Date; result: CallResult | null; offer: string | null }[] {
  const orphans: CallRecord["calls"] = outcomes.filter(
    ({ at }) => !calls.some((call) => isAnswerTo(call.at, at)),
  );
  const all = [...calls, ...orphans].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return all.map((call, index) => {
    const next = all[index + 1]?.at ?? null;
    const isOfThis = ({ at }: { at: Date }) =>
      isAnswerTo(call.at, at) && (next === null || at < next);
    const reports = [call, ...outcomes.filter(isOfThis)];
    const result = findCallResult({
      at: call.at,
      outcomes: reports.map(({ outcome }) => outcome),
      optOuts: optOuts.filter(isOfThis).map(({ at }) => at),
      complaints: complaints.filter(isOfThis).map(({ at }) => at),
    });
    return { at: call.at, result, offer: call.offer ?? null };
  });
}

/** A person's decision about an offer, made during the call or in a later reply. */
export const CallResult = z.enum(["accepted", "refused", "opted_out", "complained"]);
export type CallResult = z.infer<typeof CallResult>;

/** Ordered by severity, the most severe last. */
const results: readonly [CallResult, Ending][] = [
  ["accepted", "accepted"],
  ["refused", "refused"],
  ["opted_out", "opted-out"],
  ["complained", "complained"],
];

/** A response within this many 24-hour periods belongs to the call. */
const DAYS_TO_ANSWER = 7;

/** True if an answer came with the call or within `DAYS_TO_ANSWER` after it. */
export function isAnswerTo(call: Date, answer: Date): boolean {
  const ms = answer.getTime() - call.getTime();
  return ms >= 0 && ms < DAYS_TO_ANSWER * DAY_MS;
}

/** A call, with the outcomes that were reported for it. */
export type AnsweredCall = {
  at: Date;
  outcomes: readonly (string | null)[];
  /** Times at which the person opted out or complained. */
  optOuts: readonly Date[];
  complaints: readonly Date[];
};

/** Finds the most severe result of a call. Null if no outcome or answer tells it. */
export function findCallResult({
  at,
  outcomes,
  optOuts,
  complaints,
}: AnsweredCall): CallResult | null {
  const isAnswer = (instant: Date) => isAnswerTo(at, instant);
  if (complaints.some(isAnswer)) return "complained";
  if (optOuts.some(isAnswer)) return "opted_out";
  const endings = new Set(outcomes.map(findEnding));
  return results.findLast(([, ending]) => endings.has(ending))?.[0] ?? null;
}
