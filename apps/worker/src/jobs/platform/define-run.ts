import { type RunClaim, type RunJob, type RunProgress, RunRef } from "@ringfence/core/platform/run";
import type { FileContext } from "@ringfence/services/context";
import { type RunOutcome, claimRun, endRun } from "@ringfence/services/platform/run";
import { type JobTools, defineJob } from "./define-job.ts";
import { type EndRun, endBadly } from "./end-badly.ts";
import { startHeartbeat } from "./heartbeat.ts";

/** Tools that the work of a run gets. */
export type RunTools = Pick<JobTools, "sources"> & {
  ctx: FileContext;
  /** Id of what the run works on. */
  subjectId: string;
  /** Number of workers that have had the run, counting from 1. */
  attempt: number;
  /** Proves that the run is this worker's. */
  claim: RunClaim;
  /** Start of the run, by the database's clock. */
  startedAt: Date;
  /** Aborts when the worker is asked to stop, and when another has taken the run over. */
  signal: AbortSignal;
  report: (progress: RunProgress) => void;
  /** Sets how the run is ended. */
  endBy: (end: EndRun) => void;
};

/**
 * Defines a job whose runs people watch. One worker at a time has a run, shows its progress, and
 * ends it with an outcome or with a sentence about what is wrong.
 */
export const defineRun = (name: RunJob, work: (tools: RunTools) => Promise<RunOutcome>) =>
  defineJob({
    name,
    payload: RunRef,
    async run({ organizationId, runId }, { db, keys, files, sources, worker, signal }) {
      const ctx = { db, keys, files, organizationId, actor: { type: "job", name } } as const;
      const claimed = await claimRun(ctx, { runId, worker });
      if (claimed.outcome === "over") return;
      // Throw, so that the queue tries again: the other worker may die.
      if (claimed.outcome === "taken") throw new Error("Another worker has this run");

      const { claim, subjectId, startedAt } = claimed;
      const { lost, report, stop } = startHeartbeat(ctx, claim);
      const { attempt } = claim;
      let end: EndRun = async (end) => {
        await endRun(ctx, end);
        return true;
      };
      const endBy = (by: EndRun) => {
        end = by;
      };
      const known = { ctx, sources, subjectId, attempt, claim, startedAt, report, endBy };
      const tools = { ...known, signal: AbortSignal.any([signal, lost]) };
      const workOnce = async () => {
        try {
          const outcome = await work(tools);
          return await end({ claim, outcome, error: null });
        } catch (error) {
          const why = { error, isLost: lost.aborted, isStopping: signal.aborted };
          return endBadly(ctx, claim, why, end);
        }
      };
      try {
        for (let isOver = false; !isOver;) isOver = await workOnce();
      } finally {
        stop();
      }
    },
  });
