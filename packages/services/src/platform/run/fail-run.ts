import { command } from "../verb.ts";
import { z } from "zod";
import { type Message, storedMessage } from "@ringfence/core/platform/message";
import type { RunClaim } from "@ringfence/core/platform/run";
import type { RunOutcome } from "./finish-run.ts";
import { updateClaimed } from "./update-claimed.ts";

/** Ends a run that could not do what it had to, and says why. False: it was taken over. */
export const failRun = command({
  name: "failRun",
  action: "run.perform",
  input: z.custom<{ claim: RunClaim; error: Message; outcome?: RunOutcome }>(),
  run: async (ctx, { claim, error, outcome = {} }): Promise<boolean> =>
    updateClaimed(ctx, claim, {
      status: "failed",
      error: storedMessage(error),
      outcome,
      endedAt: ctx.now,
    }),
  audit: "by run",
});
