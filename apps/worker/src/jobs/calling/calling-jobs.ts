import { ScrubId } from "@ringfence/core/ids";
import { runScrub as screenFile } from "@ringfence/services/calling/scrub";
import {
  judgeCalls,
  scanMs,
  scanViolationsJob,
  sweepCalls as sweep,
} from "@ringfence/services/calling/violation";
import { commitScreenings } from "@ringfence/services/proof/ledger";
import { defineSweep, performJob } from "../platform/define-job.ts";
import { defineRun } from "../platform/define-run.ts";

/** Screens an uploaded file. A run that is taken over or stopped ends at the next chunk. */
export const runScrub = defineRun(
  "scrub.run",
  async ({ ctx, subjectId, attempt, signal, report }) => {
    const { rows, counts } = await screenFile(ctx, {
      scrubId: ScrubId.parse(subjectId),
      attempt,
      onProgress(progress) {
        signal.throwIfAborted();
        report(progress);
        return Promise.resolve();
      },
    });
    const { allow, refuse } = counts;
    return { rows, allow, refuse, attempt };
  },
);

/** Judges the waiting calls of an organization, until none is left or its time is up; the sweep then queues it again. */
export const scanViolations = performJob(
  scanViolationsJob,
  async (ctx, _, { signal }) => {
    const startedAt = performance.now();
    while (performance.now() - startedAt < scanMs && (await judgeCalls(ctx, {})) > 0) {
      signal.throwIfAborted();
    }
  },
  { lane: "long" },
);

/** Queues a job for each organization with waiting calls, so that one with many delays no other. */
export const sweepCalls = defineSweep({ name: "violation.sweep", cron: "* * * * *" }, ({ db }) =>
  sweep(db),
);

/** Commits every hour to the screenings of the last day that were recorded too late for their batch. */
export const sweepScreenings = defineSweep(
  { name: "ledger.screenings", cron: "37 * * * *" },
  ({ db, keys }) => commitScreenings({ db, keys }, { withinHours: 25 }),
);
