import { type Message, storedMessage } from "@ringfence/core/platform/message";
import type { RunClaim } from "@ringfence/core/platform/run";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { updateClaimed } from "./update-claimed.ts";

/** Lets a run wait again, for another worker or for better times; says why. False: it was taken over. */
export async function releaseRun(
  ctx: ServiceContext,
  { claim, reason }: { claim: RunClaim; reason: Message },
): Promise<boolean> {
  allow(ctx, "run.perform");

  return inTransaction(ctx, (ctx) =>
    updateClaimed(ctx, claim, { status: "queued", worker: null, error: storedMessage(reason) }),
  );
}
