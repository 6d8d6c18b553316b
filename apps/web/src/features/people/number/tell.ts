import { type Locale, say } from "@ringfence/core/platform/message";
import type { ReasonTold, Refusal, ScreeningAnswer } from "@ringfence/core/calling/screening";
import type { Judged } from "@ringfence/services/people/phone";

/** An answer in words, by the clock of the person who is called. */
export function tell(locale: Locale, answer: Judged["answer"]): ScreeningAnswer {
  const reasonTold = ({ message, ...refusal }: Refusal): ReasonTold => ({
    ...refusal,
    sentence: say(locale, message, answer.checked.zones[0]),
  });
  return {
    ...answer,
    refusals: answer.refusals.map(reasonTold),
    warnings: answer.warnings.map(reasonTold),
  };
}
