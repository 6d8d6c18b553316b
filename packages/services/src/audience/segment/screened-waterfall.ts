import type { SegmentId, SellerId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import { PlaceCounts } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";
import { isFound } from "./is-found.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";
import { requireSegment } from "./require-segment.ts";

export type ScreenedWaterfall = {
  at: Date;
  /** Of the segment's own rule, by which its people were found. */
  version: number;
  /** They were found by the rules in force, and screened since. */
  isCurrent: boolean;
  contacts: number;
  counts: PlaceCounts;
};

/** How a segment was screened the last time, for calls of a seller about a purpose; null before the first. */
export async function screenedWaterfall(
  ctx: TransactionContext,
  which: { segmentId: SegmentId; sellerId: SellerId; purpose: PurposeKey },
): Promise<ScreenedWaterfall | null> {
  const { db, organizationId } = ctx;
  const segment = await requireSegment(ctx, which.segmentId);
  const row = await db.segmentWaterfall.findFirst({ where: { organizationId, ...which } });
  if (row === null) return null;
  const { refreshedAt } = segment;
  const isSince = refreshedAt !== null && refreshedAt <= row.at;
  return {
    at: row.at,
    version: row.version,
    isCurrent: isSince && isFound(segment, await knownSegmentsOf(ctx)),
    contacts: row.contacts,
    counts: PlaceCounts.parse(row.counts),
  };
}
