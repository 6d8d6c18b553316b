import { command } from "../../platform/verb.ts";
import { ExportCalls } from "@ringfence/core/audience/campaign";
import { handOver } from "./hand-over.ts";

const PAGE = 500;

/** The same as a file, to who may take numbers away and says what for: each row ends with its permit. */
export const exportCalls = command({
  name: "exportCalls",
  action: "campaign.export",
  input: ExportCalls,
  transaction: "by run",
  run: async (ctx, { campaignId, reason }) => {
    const page = (after?: string) =>
      handOver(
        ctx,
        { id: campaignId },
        { after, limit: PAGE },
        { action: "campaign.export", reason },
      );
    return { page };
  },
  audit: "by run",
});
