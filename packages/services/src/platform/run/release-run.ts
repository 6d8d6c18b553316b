import { command } from "../verb.ts";
import { z } from "zod";
import { type Message, storedMessage } from "@ringfence/core/platform/message";
import type { RunClaim } from "@ringfence/core/platform/run";
import { updateClaimed } from "./update-claimed.ts";

/** Lets a run wait again, for another worker or for better times; says why. False: it was taken over. */
export const releaseRun = command({
  name: "releaseRun",
  action: "run.perform",
  input: z.custom<{ claim: RunClaim; reason: Message }>(),
  run: async (ctx, { claim, reason }): Promise<boolean> =>
    updateClaimed(ctx, claim, { status: "queued", worker: null, error: storedMessage(reason) }),
  audit: "by run",
});
