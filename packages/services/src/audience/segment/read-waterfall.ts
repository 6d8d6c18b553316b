import type { AskWaterfall } from "@ringfence/core/audience/segment";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { callOf } from "./call-of.ts";
import { requireSeenSegment } from "./require-seen-segment.ts";
import { screenedWaterfall } from "./screened-waterfall.ts";

/** How a segment was screened the last time, for calls of a seller about a purpose; null before the first. */
export async function readWaterfall(ctx: ServiceContext, { segmentId, ...named }: AskWaterfall) {
  allow(ctx, "segment.read");

  return inTransaction(ctx, async (ctx) => {
    await requireSeenSegment(ctx, segmentId);
    const { seller, purpose } = await callOf(ctx, named);
    const which = { segmentId, sellerId: seller.id, purpose };
    return { seller, purpose, waterfall: await screenedWaterfall(ctx, which) };
  });
}
