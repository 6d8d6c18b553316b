import type { AskWaterfall } from "@ringfence/core/audience/segment";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type ServiceContext } from "../../platform/context.ts";
import { callOf } from "./call-of.ts";
import { queueScreening } from "./queue-screening.ts";
import { requireSeenSegment } from "./require-seen-segment.ts";

/** Has a worker screen a segment now, for calls of a seller about a purpose. */
export async function askForWaterfall(
  ctx: ServiceContext,
  { segmentId, ...named }: AskWaterfall,
): Promise<void> {
  allow(ctx, "segment.read");

  await inTransaction(ctx, async (ctx) => {
    await requireSeenSegment(ctx, segmentId);
    const { seller, purpose } = await callOf(ctx, named);
    await queueScreening(ctx, segmentId, { seller: seller.id, purpose });
  });
}
