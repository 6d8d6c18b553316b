import type { RunClaim } from "@ringfence/core/run";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";

/** Takes back all that a transaction has done for a run that was canceled, or taken over, meanwhile. */
export async function requireClaim(
  { db, organizationId }: TransactionContext,
  { runId, worker, attempt }: RunClaim,
) {
  // Whoever cancels it now waits until this transaction is through, and finds it done.
  const held = await db.$queryRaw<unknown[]>`
    SELECT FROM run
    WHERE organization_id = ${organizationId}::uuid AND id = ${runId}::uuid AND worker = ${worker}
      AND attempt = ${attempt} AND status = 'running'
    FOR SHARE`;
  if (held.length > 0) return;
  throw new ServiceError("conflict", { key: "run.canceled" });
}
