import { OrganizationId } from "@ringfence/core/ids";
import { watchCampaigns as watch } from "@ringfence/services/audience/campaign";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "campaign.watch";

/** Counts several call logs that came at once, when all of them are on record. */
export const watchCampaigns = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys }) {
    await watch({ db, keys, organizationId, actor: { type: "job", name } });
  },
});
