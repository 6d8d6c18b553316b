import type { Message } from "@ringfence/core/platform/message";
import type { RunClaim } from "@ringfence/core/platform/run";
import type { RootContext } from "@ringfence/services/context";
import { toLoggedError } from "@ringfence/services/error-in-log";
import { ServiceError } from "@ringfence/services/errors";
import { type RunEnd, releaseRun } from "@ringfence/services/platform/run";
import { RunFault } from "./run-fault.ts";

/** Ends a run. False means that its subject has changed and the work must be done again. */
export type EndRun = (end: RunEnd) => Promise<boolean>;

/** Attempts at a fault that may pass before the run fails: about five minutes. */
const TRIES = 5;

/**
 * Ends a failed run and says why; or leaves it waiting and throws, so that the queue retries it: at
 * once on another worker if this one stops, later if the other side was away or we have a bug.
 * False means that the work must be done again.
 */
export async function endBadly(
  ctx: RootContext,
  claim: RunClaim,
  { error, isLost, isStopping }: { error: unknown; isLost: boolean; isStopping: boolean },
  end: EndRun,
): Promise<boolean> {
  if (isLost) throw new Error("Another worker has taken this run over", { cause: error });
  if (isStopping) {
    await releaseRun(ctx, { claim, reason: { key: "run.stopped" } });
    throw new Error("The worker was asked to stop", { cause: error });
  }
  const { explanation, mayWorkOut } = judge(error);
  if (mayWorkOut && claim.attempt < TRIES) {
    await releaseRun(ctx, { claim, reason: explanation });
    throw error;
  }
  const outcome = error instanceof RunFault ? error.outcome : {};
  return end({ claim, error: explanation, outcome });
}

function judge(error: unknown): { explanation: Message; mayWorkOut: boolean } {
  if (error instanceof RunFault) {
    return { explanation: error.explanation, mayWorkOut: error.isTransient };
  }
  if (error instanceof ServiceError) return { explanation: error.explanation, mayWorkOut: false };
  console.error(toLoggedError(error));
  return { explanation: { key: "error.bug" }, mayWorkOut: true };
}
