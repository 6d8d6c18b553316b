import type { RunClaim } from "@ringfence/core/platform/run";
import type { TransactionContext } from "../context.ts";

type Change = Parameters<TransactionContext["db"]["run"]["updateMany"]>[0]["data"];

/** Changes a run for the worker that has it; false when it was taken over by another, or has ended. */
export async function updateClaimed(
  { db, organizationId }: TransactionContext,
  { runId, worker, attempt }: RunClaim,
  data: Change,
): Promise<boolean> {
  const { count } = await db.run.updateMany({
    where: { organizationId, id: runId, worker, attempt, status: "running" },
    data,
  });
  return count === 1;
}
