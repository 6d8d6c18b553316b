import type { RunClaim, RunProgress } from "@ringfence/core/platform/run";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { updateClaimed } from "./update-claimed.ts";

/**
 * Says, every five seconds, that a run goes on and how far it has come. False: it was taken over, and
 * the worker has to let go of it.
 */
export async function beatRun(
  ctx: ServiceContext,
  { claim, progress }: { claim: RunClaim; progress: RunProgress },
): Promise<boolean> {
  allow(ctx, "run.perform");

  return inTransaction(ctx, (ctx) => updateClaimed(ctx, claim, { progress, heartbeatAt: ctx.now }));
}
