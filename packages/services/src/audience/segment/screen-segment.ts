import type { SegmentId } from "@ringfence/core/ids";
import type { PlaceCounts, SegmentCall } from "@ringfence/core/audience/segment";
import { allow } from "../../platform/access/allow.ts";
import { inTransaction, type RootContext } from "../../platform/context.ts";
import { keepPlaces } from "./keep-places.ts";
import { keptMembers } from "./kept-members.ts";
import { screenPeople } from "./screen-people.ts";

const TIMEOUT_MS = 60_000;

/**
 * Screens all members of a segment, as of its last refresh, and keeps where each ended. Null where there
 * is no such segment, or nobody has found its members yet.
 */
export async function screenSegment(
  ctx: RootContext,
  { segmentId, ...named }: SegmentCall & { segmentId: SegmentId },
): Promise<PlaceCounts | null> {
  allow(ctx, "segment.screen");

  const members = await inTransaction(ctx, (ctx) => keptMembers(ctx, segmentId));
  if (members === null) return null;
  const screened = await screenPeople(ctx, named, members.ordinals);
  return inTransaction(ctx, (ctx) => keepPlaces(ctx, { segmentId, ...members, screened }), {
    timeoutMs: TIMEOUT_MS,
  });
}
