import type { SegmentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { shareLock } from "../../platform/lock/hold-lock.ts";
import { requireSeenSegment } from "./require-seen-segment.ts";

/** Requires a segment that is about to be used, and keeps others from archiving it meanwhile. */
export async function takeUpSegment(ctx: TransactionContext, segmentId: SegmentId): Promise<void> {
  await shareLock(ctx, "segments");
  await requireSeenSegment(ctx, segmentId);
}
