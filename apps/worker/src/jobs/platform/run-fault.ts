import type { Message } from "@ringfence/core/platform/message";
import type { RunOutcome } from "@ringfence/services/platform/run";

type Options = {
  isTransient?: boolean;
  isUnsent?: boolean;
  outcome?: RunOutcome;
  cause?: unknown;
};

/** Why a run cannot do what it has to, in words for those who look at it. */
export class RunFault extends Error {
  override readonly name = "RunFault";
  readonly explanation: Message;
  /** It may work out in a few minutes: the other side was busy, or away. */
  readonly isTransient: boolean;
  /** No connection was open over which the other side could have been asked anything. */
  readonly isUnsent: boolean;
  readonly outcome: RunOutcome;

  constructor(explanation: Message, options: Options = {}) {
    const { isTransient = false, isUnsent = false, outcome = {}, cause } = options;
    super(explanation.key, { cause });
    this.explanation = explanation;
    this.isTransient = isTransient;
    this.isUnsent = isUnsent;
    this.outcome = outcome;
  }
}
