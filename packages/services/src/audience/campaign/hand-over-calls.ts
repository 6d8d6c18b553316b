import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { HandOverCalls } from "@ringfence/core/audience/campaign";
import { handOver } from "./hand-over.ts";

/** Gives a dialer the calls of a campaign that runs, page after page, each with its permit. */
export const handOverCalls = command({
  name: "handOverCalls",
  action: "campaign.hand-over",
  input: z.custom<HandOverCalls & { key: string }>(),
  transaction: "by run",
  run: async (ctx, { key, ...page }) => {
    return handOver(ctx, { key }, page, { action: "campaign.hand-over" });
  },
  audit: "by run",
});
