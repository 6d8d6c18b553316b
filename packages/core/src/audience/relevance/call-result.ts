import { z } from "zod";
import { type Ending, endingOf } from "../../calling/call/index.ts";
import { DAY_MS } from "../../platform/time/index.ts";

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
