import { command } from "../verb.ts";
import { z } from "zod";
import type { RunClaim } from "@ringfence/core/platform/run";
import { updateClaimed } from "./update-claimed.ts";

/** What a run shows of its end: ids, counts and words of ours. */
export type RunOutcome = {
  [key: string]: string | number | boolean | null | RunOutcome | RunOutcome[];
};

/** Ends a run that did what it had to. False: it was taken over, and ends elsewhere. */
export const finishRun = command({
  name: "finishRun",
  action: "run.perform",
  input: z.custom<{ claim: RunClaim; outcome: RunOutcome }>(),
  run: async (ctx, { claim, outcome }): Promise<boolean> =>
    updateClaimed(ctx, claim, { status: "done", outcome, endedAt: ctx.now }),
  audit: "by run",
});
