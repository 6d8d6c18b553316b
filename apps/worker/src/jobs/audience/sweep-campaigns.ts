import { watchAllCampaigns } from "@ringfence/services/audience/campaign";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Counts opt-outs by page or text message for campaigns, because no call log contains them. */
export const sweepCampaigns = defineJob({
  name: "campaign.sweep",
  cron: "*/5 * * * *",
  payload: z.object({}),
  async run(_, { db, keys }) {
    await watchAllCampaigns({ db, keys });
  },
});
