import type { SegmentId } from "@ringfence/core/ids";
import { findChangedSegments } from "@ringfence/core/audience/segment";
import { ServiceError, type TransactionContext } from "../../platform/internal.ts";
import { type OfferVersion, assertOnePurpose, loadCampaignOffers } from "../offer/internal.ts";
import { loadSegment, loadSegments } from "../segment/internal.ts";
import type { StoredCampaign } from "./campaign.ts";

/** Rules and offers that a reviewer approved, or the current ones of a draft. */
export type ReviewedPlan = {
  /** All segments that are not archived, with their current rules. */
  segments: Awaited<ReturnType<typeof loadSegments>>;
  offers: OfferVersion[];
  /** The campaign's segment, and those that its offers require. */
  segmentIds: SegmentId[];
};

/**
 * Loads the plan of a campaign as it was reviewed, or the current one of a draft. Fails if any rule changed
 * since, including rules of segments that it only depends on, because other people would be called.
 */
export async function loadReviewedPlan(
  ctx: TransactionContext,
  campaign: Pick<StoredCampaign, "segmentId" | "offers" | "ruleVersions">,
): Promise<ReviewedPlan> {
  const { segmentId, ruleVersions } = campaign;
  const segments = await loadSegments(ctx);
  const [changed] = findChangedSegments(ruleVersions ?? [], segments);
  if (changed !== undefined) {
    const name = await readSegmentName(ctx, changed);
    throw new ServiceError("conflict", { key: "campaign.segment-changed", values: { name } });
  }
  await loadSegment(ctx, segmentId);
  const { offers } = await loadCampaignOffers(ctx, campaign.offers);
  assertOnePurpose(offers);
  const eligibilities = offers.flatMap(({ eligibility }) => eligibility ?? []);
  return { segments, offers, segmentIds: [...new Set([segmentId, ...eligibilities])] };
}

/** Reads a segment's name, also if archived. */
async function readSegmentName(
  { db, organizationId }: TransactionContext,
  id: SegmentId,
): Promise<string> {
  const { name } = await db.segment.findFirstOrThrow({ where: { organizationId, id } });
  return name;
}
