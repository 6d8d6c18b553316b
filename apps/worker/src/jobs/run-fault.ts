import type { Message } from "@ringfence/core/message";
import type { RunOutcome } from "@ringfence/services/run";

type Options = { isTransient?: boolean; outcome?: RunOutcome; cause?: unknown };

/** Why a run cannot do what it has to, in words for those who look at it. */
export class RunFault extends Error {
  override readonly name = "RunFault";
  readonly explanation: Message;
  /** It may work out in a few minutes: the other side was busy, or away. */
  readonly isTransient: boolean;
  readonly outcome: RunOutcome;

  constructor(explanation: Message, { isTransient = false, outcome = {}, cause }: Options = {}) {
    super(explanation.key, { cause });
    this.explanation = explanation;
    this.isTransient = isTransient;
    this.outcome = outcome;
  }
}
