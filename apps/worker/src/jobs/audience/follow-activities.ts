import { OrganizationId } from "@ringfence/core/ids";
import { followActivities as follow } from "@ringfence/services/audience/segment";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "segment.follow";

/** Checks again which segments people are in after activities of theirs arrived. */
export const followActivities = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys }) {
    await follow({ db, keys, organizationId, actor: { type: "job", name } });
  },
});
