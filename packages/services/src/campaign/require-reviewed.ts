import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { requireSegment } from "../segment/require-segment.ts";
import type { KnownCampaign } from "./plan-of.ts";

/** The segment of a campaign, by the rule that its reviewer saw; of a draft, as it is now. */
export async function requireReviewed(
  ctx: TransactionContext,
  { segmentId, segmentVersion }: KnownCampaign,
) {
  const segment = await requireSegment(ctx, segmentId);
  if (segmentVersion === null || segment.version === segmentVersion) return segment;
  throw new ServiceError("conflict", { key: "campaign.segment-changed" });
}
