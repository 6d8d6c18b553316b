import { ScrubId } from "@ringfence/core/ids";
import { runScrub as screenFile } from "@ringfence/services/calling/scrub";
import { defineRun } from "../platform/define-run.ts";

/** Screens an uploaded file. */
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
