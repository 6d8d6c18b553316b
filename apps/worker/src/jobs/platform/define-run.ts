import { type RunClaim, type RunJob, type RunProgress, RunRef } from "@ringfence/core/platform/run";
import type { FileContext } from "@ringfence/services/context";
import { claimRun, endRun, type RunOutcome } from "@ringfence/services/platform/run";
import { defineJob, type JobTools } from "./define-job.ts";
import { endBadly, type EndRun } from "./end-badly.ts";
import { startHeart } from "./heart.ts";

/** What the work of a run is given. */
export type RunTools = Pick<JobTools, "sources"> & {
  ctx: FileContext;
  /** What the run works on. */
  subjectId: string;
  /** Counts the workers that it was given to, from 1. */
  attempt: number;
  /** By which the run is this worker's. */
  claim: RunClaim;
  /** When it began, by the database's clock. */
  startedAt: Date;
  /** Aborts when the worker is asked to stop, and when another has taken the run over. */
  signal: AbortSignal;
  report: (progress: RunProgress) => void;
  /** Has the run ended by this. */
  endBy: (end: EndRun) => void;
};

/**
 * A job whose runs people watch: one worker at a time has a run, shows how far it has come, and ends
 * it with what came of it or with a sentence that says what is wrong.
 */
export const defineRun = (name: RunJob, work: (tools: RunTools) => Promise<RunOutcome>) =>
  defineJob({
    name,
    payload: RunRef,
    async run({ organizationId, runId }, { db, keys, files, sources, worker, signal }) {
      const ctx = { db, keys, files, organizationId, actor: { type: "job", name } } as const;
      const claimed = await claimRun(ctx, { runId, worker });
      if (claimed.outcome === "over") return;
      // Thrown, so that the queue asks again: the other worker may die.
      if (claimed.outcome === "taken") throw new Error("Another worker has this run");

      const { claim, subjectId, startedAt } = claimed;
      const { lost, report, stop } = startHeart(ctx, claim);
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
