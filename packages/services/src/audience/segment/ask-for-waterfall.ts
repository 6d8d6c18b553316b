import { query } from "../../platform/verb.ts";
import { AskWaterfall } from "@ringfence/core/audience/segment";
import { callOf } from "./call-of.ts";
import { queueScreening } from "./queue-screening.ts";
import { requireSeenSegment } from "./require-seen-segment.ts";

/** Has a worker screen a segment now, for calls of a seller about a purpose. */
export const askForWaterfall = query({
  name: "askForWaterfall",
  action: "segment.read",
  input: AskWaterfall,
  run: async (ctx, { segmentId, ...named }): Promise<void> => {
    await requireSeenSegment(ctx, segmentId);
    const { seller, purpose } = await callOf(ctx, named);
    await queueScreening(ctx, segmentId, { seller: seller.id, purpose });
  },
  audit: "by run",
});
