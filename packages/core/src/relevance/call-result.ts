import { z } from "zod";

/** What a call that reached a person came to. Only the first is welcome. */
export const CallResult = z.enum(["accepted", "refused", "opted_out", "complained"]);
export type CallResult = z.infer<typeof CallResult>;

/** Words of dialers and of people, `sale` and `ni` (not interested) being VICIdial's. */
const words: readonly [CallResult, RegExp][] = [
  ["accepted", /^(accepted|agreed|sale|sold|success)$/i],
  ["refused", /^(refused|declined|not[ _-]interested|ni|np|no[ _-]sale)$/i],
  ["opted_out", /^(opted[ _-]out|dnc)$/i],
  ["complained", /^(complained|complaint)$/i],
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
  const said = words.filter(([, word]) => outcomes.some((text) => word.test(text?.trim() ?? "")));
  return said.at(-1)?.[0] ?? null;
}
