import type { SegmentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../context.ts";
import { shareLock } from "../lock/hold-lock.ts";
import { requireSeenSegment } from "./require-seen-segment.ts";

/** Requires a segment that is about to be used, and keeps others from archiving it meanwhile. */
export async function takeUpSegment(ctx: TransactionContext, segmentId: SegmentId): Promise<void> {
  await shareLock(ctx, "segments");
  await requireSeenSegment(ctx, segmentId);
}
