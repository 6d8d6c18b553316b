import type { RunId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { RunView } from "./run-view.ts";
import { seenRuns } from "./seen-runs.ts";

/** One run: its progress while it works, then its outcome or its error. */
export async function readRun(ctx: ServiceContext, runId: RunId): Promise<RunView> {
  allow(ctx, "run.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const run = await db.run.findFirst({
      where: { organizationId, id: runId, ...(await seenRuns(ctx)) },
    });
    if (run === null) throw new ServiceError("not-found", { key: "error.run-not-found" });
    return RunView.parse(run);
  });
}
