import type { Message } from "@ringfence/core/platform/message";
import type { RunOutcome } from "@ringfence/services/platform/run";

type Options = {
  isTransient?: boolean;
  isUnsent?: boolean;
  outcome?: RunOutcome;
  cause?: unknown;
};

/** Thrown by the work of a run that cannot be done: why, in words for the people who watch the run. */
export class RunFault extends Error {
  override readonly name = "RunFault";
  readonly explanation: Message;
  /** True if it may work in a few minutes: the other side was busy or away. */
  readonly isTransient: boolean;
  /** True if no connection was open, so that no question can have reached the other side. */
  readonly isUnsent: boolean;
  /**
   * Details that are saved with the failed run. With `isRefused`, the other side has turned a question down or never
   * got it, so that it costs nothing and can be asked anew (`askRegistry`).
   */
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
