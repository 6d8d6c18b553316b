import type { ExportCalls } from "@ringfence/core/audience/campaign";
import { allow } from "../../platform/access/allow.ts";
import type { RootContext } from "../../platform/context.ts";
import { handOver } from "./hand-over.ts";

const PAGE = 500;

/** The same as a file, to who may take numbers away and says what for: each row ends with its permit. */
export async function exportCalls(ctx: RootContext, { campaignId, reason }: ExportCalls) {
  allow(ctx, "campaign.export");

  const page = (after?: string) =>
    handOver(
      ctx,
      { id: campaignId },
      { after, limit: PAGE },
      { action: "campaign.export", reason },
    );
  return { page };
}
