import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { SegmentId } from "@ringfence/core/ids";
import type { PlaceCounts, SegmentCall } from "@ringfence/core/audience/segment";
import { inTransaction } from "../../platform/context.ts";
import { keepPlaces } from "./keep-places.ts";
import { keptMembers } from "./kept-members.ts";
import { screenPeople } from "./screen-people.ts";

const TIMEOUT_MS = 60_000;

/**
 * Screens all members of a segment, as of its last refresh, and keeps where each ended. Null where there
 * is no such segment, or nobody has found its members yet.
 */
export const screenSegment = command({
  name: "screenSegment",
  action: "segment.screen",
  input: z.custom<SegmentCall & { segmentId: SegmentId }>(),
  transaction: "by run",
  run: async (ctx, { segmentId, ...named }): Promise<PlaceCounts | null> => {
    const members = await inTransaction(ctx, (ctx) => keptMembers(ctx, segmentId));
    if (members === null) return null;
    const screened = await screenPeople(ctx, named, members.ordinals);
    return inTransaction(ctx, (ctx) => keepPlaces(ctx, { segmentId, ...members, screened }), {
      timeoutMs: TIMEOUT_MS,
    });
  },
  audit: "by run",
});
