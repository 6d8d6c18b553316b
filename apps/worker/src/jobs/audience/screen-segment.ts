import { OrganizationId, SegmentId } from "@ringfence/core/ids";
import { SegmentCall } from "@ringfence/core/audience/segment";
import { screenSegment as screen } from "@ringfence/services/audience/segment";
import { defineJob } from "../platform/define-job.ts";

const name = "segment.screen";

/** Finds which members of a segment may be called, and what stops the others. */
export const screenSegment = defineJob({
  name,
  payload: SegmentCall.extend({ organizationId: OrganizationId, segmentId: SegmentId }),
  async run({ organizationId, ...asked }, { db, keys }) {
    await screen({ db, keys, organizationId, actor: { type: "job", name } }, asked);
  },
});
