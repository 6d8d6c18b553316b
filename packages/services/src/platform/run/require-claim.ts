import type { RunClaim } from "@ringfence/core/platform/run";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { updateClaimed } from "./update-claimed.ts";

/**
 * Takes back all that a transaction has done for a run that was canceled, or taken over, meanwhile. Whoever
 * cancels it from now on waits until the transaction is through, and finds it done. Its heartbeat stays: the
 * transaction may have begun long before the last.
 */
export async function requireClaim(ctx: TransactionContext, claim: RunClaim) {
  if (await updateClaimed(ctx, claim, { worker: claim.worker })) return;
  throw new ServiceError("conflict", { key: "run.canceled" });
}
