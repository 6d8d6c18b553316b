import { z } from "zod";
import { type Ending, endingOf } from "../../calling/call/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";

type Said = { at: Date; outcome: string | null };

/** What is on record of the calls to a person, and of what was said after them. */
export type CallRecord = {
  /** `offer`: by its id, the one that was made; null where nobody knows. */
  calls: readonly (Said & { offer?: string | null })[];
  /** Activities that say how a call ended; one that follows no call within days is itself one. */
  outcomes: readonly Said[];
  optOuts: readonly { at: Date }[];
  complaints: readonly { at: Date }[];
};

/** Each call with what it came to, in the order of time. An answer is one of the last call before it. */
export function answeredCalls({
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
    const said = [call, ...outcomes.filter(isOfThis)];
    const result = resultOf({
      at: call.at,
      outcomes: said.map(({ outcome }) => outcome),
      optOuts: optOuts.filter(isOfThis).map(({ at }) => at),
      complaints: complaints.filter(isOfThis).map(({ at }) => at),
    });
    return { at: call.at, result, offer: call.offer ?? null };
  });
}

/** What a call that reached a person came to. Only the first is welcome. */
export const CallResult = z.enum(["accepted", "refused", "opted_out", "complained"]);
export type CallResult = z.infer<typeof CallResult>;

/** The gravest last. */
const results: readonly [CallResult, Ending][] = [
  ["accepted", "accepted"],
  ["refused", "refused"],
  ["opted_out", "opted-out"],
  ["complained", "complained"],
];

/** How long after a call what a person says is an answer to it. */
const DAYS_TO_ANSWER = 7;

export function isAnswerTo(call: Date, answer: Date): boolean {
  const ms = answer.getTime() - call.getTime();
  return ms >= 0 && ms < DAYS_TO_ANSWER * DAY_MS;
}

/** A call, and what was said after it: by the dialer, by the person's record, and by the person. */
export type AnsweredCall = {
  at: Date;
  outcomes: readonly (string | null)[];
  /** Instants at which the person refused or complained. */
  optOuts: readonly Date[];
  complaints: readonly Date[];
};

/** The gravest of what a call came to; null where nobody said. */
export function resultOf({ at, outcomes, optOuts, complaints }: AnsweredCall): CallResult | null {
  const isAnswer = (instant: Date) => isAnswerTo(at, instant);
  if (complaints.some(isAnswer)) return "complained";
  if (optOuts.some(isAnswer)) return "opted_out";
  const said = new Set(outcomes.map(endingOf));
  return results.findLast(([, ending]) => said.has(ending))?.[0] ?? null;
}
