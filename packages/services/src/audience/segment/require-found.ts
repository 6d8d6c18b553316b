import type { SegmentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { isFound } from "./is-found.ts";
import type { knownSegmentsOf } from "./known-segments-of.ts";
import { requireSegment } from "./require-segment.ts";

/**
 * Refuses a segment whose people were found by other rules than those in force: its own, or any that it
 * rests on. They are found anew by a worker.
 */
export async function requireFound(
  ctx: TransactionContext,
  segmentId: SegmentId,
  segments: Awaited<ReturnType<typeof knownSegmentsOf>>,
) {
  const row = await requireSegment(ctx, segmentId);
  if (isFound(row, segments)) return;
  throw new ServiceError("conflict", { key: "segment.not-refreshed", values: { name: row.name } });
}
