import { type Message, storedMessage } from "@ringfence/core/platform/message";
import type { RunClaim } from "@ringfence/core/platform/run";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import type { RunOutcome } from "./finish-run.ts";
import { updateClaimed } from "./update-claimed.ts";

/** Ends a run that could not do what it had to, and says why. False: it was taken over. */
export async function failRun(
  ctx: ServiceContext,
  { claim, error, outcome = {} }: { claim: RunClaim; error: Message; outcome?: RunOutcome },
): Promise<boolean> {
  allow(ctx, "run.perform");

  return inTransaction(ctx, (ctx) =>
    updateClaimed(ctx, claim, {
      status: "failed",
      error: storedMessage(error),
      outcome,
      endedAt: ctx.now,
    }),
  );
}
