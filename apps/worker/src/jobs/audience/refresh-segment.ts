import { OrganizationId, SegmentId } from "@ringfence/core/ids";
import { refreshSegment as refresh } from "@ringfence/services/audience/segment";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "segment.refresh";

/** Finds the members of a segment anew. */
export const refreshSegment = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId, segmentId: SegmentId }),
  async run({ organizationId, segmentId }, { db, keys, columns }) {
    await refresh({ db, keys, columns, organizationId, actor: { type: "job", name } }, segmentId);
  },
});
