import type { HandOverCalls } from "@ringfence/core/audience/campaign";
import { allow } from "../../platform/access/allow.ts";
import type { RootContext } from "../../platform/context.ts";
import { handOver } from "./hand-over.ts";

/** Gives a dialer the calls of a campaign that runs, page after page, each with its permit. */
export async function handOverCalls(
  ctx: RootContext,
  { key, ...page }: HandOverCalls & { key: string },
) {
  allow(ctx, "campaign.hand-over");

  return handOver(ctx, { key }, page, { action: "campaign.hand-over" });
}
