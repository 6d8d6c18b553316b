import type { RunClaim } from "@ringfence/core/platform/run";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { updateClaimed } from "./update-claimed.ts";

/** What a run shows of its end: ids, counts and words of ours. */
export type RunOutcome = {
  [key: string]: string | number | boolean | null | RunOutcome | RunOutcome[];
};

/** Ends a run that did what it had to. False: it was taken over, and ends elsewhere. */
export async function finishRun(
  ctx: ServiceContext,
  { claim, outcome }: { claim: RunClaim; outcome: RunOutcome },
): Promise<boolean> {
  allow(ctx, "run.perform");

  return inTransaction(ctx, (ctx) =>
    updateClaimed(ctx, claim, { status: "done", outcome, endedAt: ctx.now }),
  );
}
