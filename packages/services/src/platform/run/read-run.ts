import { query } from "../verb.ts";
import { RunId } from "@ringfence/core/ids";
import { ServiceError } from "../errors.ts";
import { RunView } from "./run-view.ts";
import { seenRuns } from "./seen-runs.ts";

/** One run: its progress while it works, then its outcome or its error. */
export const readRun = query({
  name: "readRun",
  action: "run.read",
  input: RunId,
  run: async (ctx, runId): Promise<RunView> => {
    const { db, organizationId } = ctx;
    const run = await db.run.findFirst({
      where: { organizationId, id: runId, ...(await seenRuns(ctx)) },
    });
    if (run === null) throw new ServiceError("not-found", { key: "error.run-not-found" });
    return RunView.parse(run);
  },
  audit: "by run",
});
