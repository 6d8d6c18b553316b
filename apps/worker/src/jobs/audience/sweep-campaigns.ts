import { watchAllCampaigns } from "@ringfence/services/audience/campaign";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Who refuses by a page or a text message stands in no log of calls: those are counted here. */
export const sweepCampaigns = defineJob({
  name: "campaign.sweep",
  cron: "*/5 * * * *",
  payload: z.object({}),
  async run(_, { db, keys }) {
    await watchAllCampaigns({ db, keys });
  },
});
