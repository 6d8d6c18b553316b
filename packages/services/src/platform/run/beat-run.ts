import { command } from "../verb.ts";
import { z } from "zod";
import type { RunClaim, RunProgress } from "@ringfence/core/platform/run";
import { updateClaimed } from "./update-claimed.ts";

/**
 * Says, every five seconds, that a run goes on and how far it has come. False: it was taken over, and
 * the worker has to let go of it.
 */
export const beatRun = command({
  name: "beatRun",
  action: "run.perform",
  input: z.custom<{ claim: RunClaim; progress: RunProgress }>(),
  run: async (ctx, { claim, progress }): Promise<boolean> =>
    updateClaimed(ctx, claim, { progress, heartbeatAt: ctx.now }),
  audit: "by run",
});
