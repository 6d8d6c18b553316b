import { OrganizationId } from "@ringfence/core/ids";
import { trainRelevance as train } from "@ringfence/services/audience/relevance";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "relevance.train";

/** Learns from an organization's own calls which calls are accepted. */
export const trainRelevance = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys }) {
    await train({ db, keys, organizationId, actor: { type: "job", name } });
  },
});
