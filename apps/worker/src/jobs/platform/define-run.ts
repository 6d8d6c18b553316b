import type { RunClaim, RunJob, RunProgress } from "@ringfence/core/platform/run";
import type { FileContext, RootContext } from "@ringfence/services/context";
import {
  type RunEnd,
  type RunOutcome,
  claimRun,
  endRun,
  releaseRun,
  runJobs,
} from "@ringfence/services/platform/run";
import type { Message } from "@ringfence/core/platform/message";
import { ServiceError } from "@ringfence/services/errors";
import { performJob } from "./define-job.ts";
import type { JobTools } from "../../job-tools.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { log } from "../../log.ts";
import { RunFault } from "./run-fault.ts";

/** Tools that the work of a run gets. */
export type RunTools = Pick<JobTools, "sources"> & {
  ctx: FileContext;
  /** Id of what the run works on. */
  subjectId: string;
  /** Number of claims of the run, including this one, even those that a stop of the worker ended. */
  attempt: number;
  /** Proves that the run is this worker's. */
  claim: RunClaim;
  /** Time at which this worker claimed the run, by the database's clock. */
  startedAt: Date;
  /** Aborts when the worker is asked to stop, and when the run was taken over, was canceled or has ended. */
  signal: AbortSignal;
  /** Saves the progress with the next heartbeat, for those who watch. */
  report: (progress: RunProgress) => void;
  /** Has `end` end the run, in place of `endRun`. The last call counts. */
  endBy: (end: EndRun) => void;
};

/**
 * Defines a job whose runs people watch. One worker at a time has a run, shows its progress, and
 * ends it with an outcome or with a sentence about what is wrong.
 */
export const defineRun = (name: RunJob, work: (tools: RunTools) => Promise<RunOutcome>) =>
  performJob(
    runJobs[name],
    async (ctx, { runId }, { sources, worker, signal }) => {
      const claimed = await claimRun(ctx, { runId, worker });
      if (claimed.outcome === "over") return;
      // Throw, so that the queue tries again: the other worker may die.
      if (claimed.outcome === "taken") throw new Error("Another worker has this run");

      // `tries` counts the claims without those that a stop of the worker ended, `attempt` all of them.
      const { claim, tries, subjectId, startedAt } = claimed;
      const { lost, report, stop } = startHeartbeat(ctx, claim);
      const { attempt } = claim;
      let endWith: EndRun = async (end) => {
        await endRun(ctx, end);
        return true;
      };
      const endBy = (end: EndRun) => {
        endWith = end;
      };
      const known = { ctx, sources, subjectId, attempt, claim, startedAt, report, endBy };
      const tools = { ...known, signal: AbortSignal.any([signal, lost]) };
      const workOnce = async () => {
        try {
          const outcome = await work(tools);
          return await endWith({ claim, outcome, error: null });
        } catch (error) {
          const why = { error, isLost: lost.aborted, isStopping: signal.aborted };
          return endBadly(ctx, { claim, tries }, why, endWith);
        }
      };
      try {
        for (let isOver = false; !isOver;) isOver = await workOnce();
      } finally {
        stop();
      }
    },
    { lane: "long" },
  );

/** Ends a run that succeeded or failed. False means that its subject has changed and the work must be done again. */
type EndRun = (end: RunEnd) => Promise<boolean>;

/**
 * Number of tries after which a transient fault fails the run. The queue waits about 3, 7, 20 and 55 seconds between
 * them.
 */
const MAX_FAULT_TRIES = 5;

/**
 * Ends a failed run and says why; or leaves it waiting and throws, so that the queue tries it again: if this worker is
 * asked to stop, if a server that it needs was away or if we have a bug. False means that the work must be done again.
 */
async function endBadly(
  ctx: RootContext,
  { claim, tries }: { claim: RunClaim; tries: number },
  { error, isLost, isStopping }: { error: unknown; isLost: boolean; isStopping: boolean },
  end: EndRun,
): Promise<boolean> {
  if (isLost)
    throw new Error("This run was taken over, was canceled or has ended", { cause: error });
  if (isStopping) {
    await releaseRun(ctx, { claim, reason: { key: "run.stopped" }, isStop: true });
    throw new Error("The worker was asked to stop", { cause: error });
  }
  const { explanation, isTransient } = judge(error);
  if (isTransient && tries < MAX_FAULT_TRIES) {
    await releaseRun(ctx, { claim, reason: explanation, isStop: false });
    throw error;
  }
  const outcome = error instanceof RunFault ? error.outcome : {};
  return end({ claim, error: explanation, outcome });
}

function judge(error: unknown): { explanation: Message; isTransient: boolean } {
  if (error instanceof RunFault) {
    return { explanation: error.explanation, isTransient: error.isTransient };
  }
  if (error instanceof ServiceError) return { explanation: error.explanation, isTransient: false };
  log.error({ err: error }, "a run failed");
  return { explanation: { key: "error.bug" }, isTransient: true };
}
