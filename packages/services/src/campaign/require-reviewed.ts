import type { SegmentId } from "@ringfence/core/ids";
import { changedSince, type Rule } from "@ringfence/core/segment";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { type KnownOffer } from "../offer/offers-of.ts";
import { requireOffer } from "../offer/require-offer.ts";
import { knownSegmentsOf } from "../segment/known-segments-of.ts";
import { requireSegment } from "../segment/require-segment.ts";
import type { KnownCampaign } from "./plan-of.ts";

/** By what the people of a campaign are found. */
export type Grounds = {
  segments: Awaited<ReturnType<typeof knownSegmentsOf>>;
  offer: KnownOffer;
  /** Its segment, and the one of those to whom the offer may be made. */
  segmentIds: SegmentId[];
  rules: Rule[];
};

/**
 * What a campaign rests on, as its reviewer saw it; of a draft, as it is now. Refused where any rule behind
 * was changed since, were it one that a segment only names: other people would be called.
 */
export async function requireReviewed(
  ctx: TransactionContext,
  campaign: Pick<KnownCampaign, "segmentId" | "offerId" | "offerVersion" | "ruleVersions">,
): Promise<Grounds> {
  const { segmentId, offerId, offerVersion, ruleVersions } = campaign;
  const segments = await knownSegmentsOf(ctx);
  const [changed] = changedSince(ruleVersions ?? [], segments);
  if (changed !== undefined) {
    const name = await nameOf(ctx, changed);
    throw new ServiceError("conflict", { key: "campaign.segment-changed", values: { name } });
  }
  await requireSegment(ctx, segmentId);
  const offer = await requireOffer(ctx, offerId, offerVersion);
  const segmentIds = offer.eligibility === null ? [segmentId] : [segmentId, offer.eligibility];
  const rules = segmentIds.flatMap((id) => segments.get(id)?.rule ?? []);
  return { segments, offer, segmentIds, rules };
}

/** Also of one that was put away. */
async function nameOf({ db, organizationId }: TransactionContext, id: SegmentId): Promise<string> {
  const { name } = await db.segment.findFirstOrThrow({ where: { organizationId, id } });
  return name;
}
