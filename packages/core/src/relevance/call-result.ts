import { z } from "zod";
import { type Ending, endingOf } from "../call/index.ts";

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

/** How long after a call a refusal or a complaint is one of that call. */
export const ANSWER_DAYS = 7;

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
  const isAnswer = (instant: Date) => {
    const ms = instant.getTime() - at.getTime();
    return ms >= 0 && ms < ANSWER_DAYS * 86_400_000;
  };
  if (complaints.some(isAnswer)) return "complained";
  if (optOuts.some(isAnswer)) return "opted_out";
  const said = new Set(outcomes.map(endingOf));
  return results.findLast(([, ending]) => said.has(ending))?.[0] ?? null;
}
