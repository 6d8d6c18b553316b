import type { RunClaim } from "@ringfence/core/run";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/** Takes back all that a transaction has done for a run that was canceled, or taken over, meanwhile. */
export async function requireClaim(
  { db, organizationId }: TransactionContext,
  { runId, worker, attempt }: RunClaim,
) {
  const where = { organizationId, id: runId, worker, attempt, status: "running" } as const;
  if ((await db.run.count({ where })) > 0) return;
  throw new ServiceError("conflict", { key: "run.canceled" });
}
