import { query } from "../../platform/verb.ts";
import { AskWaterfall } from "@ringfence/core/audience/segment";
import { callOf } from "./call-of.ts";
import { requireSeenSegment } from "./require-seen-segment.ts";
import { screenedWaterfall } from "./screened-waterfall.ts";

/** How a segment was screened the last time, for calls of a seller about a purpose; null before the first. */
export const readWaterfall = query({
  name: "readWaterfall",
  action: "segment.read",
  input: AskWaterfall,
  run: async (ctx, { segmentId, ...named }) => {
    await requireSeenSegment(ctx, segmentId);
    const { seller, purpose } = await callOf(ctx, named);
    const which = { segmentId, sellerId: seller.id, purpose };
    return { seller, purpose, waterfall: await screenedWaterfall(ctx, which) };
  },
  audit: "by run",
});
