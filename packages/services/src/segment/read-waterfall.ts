import { type AskWaterfall, PlaceCounts } from "@ringfence/core/segment";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { callOf } from "./call-of.ts";
import { requireSegment } from "./require-segment.ts";

/** How a segment was screened the last time, for calls of a seller about a purpose; null before the first. */
export async function readWaterfall(ctx: ServiceContext, { segmentId, ...named }: AskWaterfall) {
  allow(ctx, "segment.read");

  return inTransaction(ctx, async (ctx) => {
    const { version } = await requireSegment(ctx, segmentId);
    const { seller, purpose } = await callOf(ctx, named);
    const row = await ctx.db.segmentWaterfall.findFirst({
      where: { organizationId: ctx.organizationId, segmentId, sellerId: seller.id, purpose },
    });
    const waterfall = row && {
      at: row.at,
      /** Whether it is of the rule as it is now. */
      isCurrent: row.version === version,
      contacts: row.contacts,
      counts: PlaceCounts.parse(row.counts),
    };
    return { seller, purpose, waterfall };
  });
}
