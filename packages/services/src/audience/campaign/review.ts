import type { SegmentId } from "@ringfence/core/ids";
import { changedSince } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type KnownOffer, requireOffers, requireOnePurpose } from "../offer/offer.ts";
import { knownSegmentsOf, requireSegment } from "../segment/segment.ts";
import type { KnownCampaign } from "./campaign.ts";

/** By what the people of a campaign are found. */
export type Grounds = {
  segments: Awaited<ReturnType<typeof knownSegmentsOf>>;
  offers: KnownOffer[];
  /** Its segment, and those of whom its offers may be made to. */
  segmentIds: SegmentId[];
};

/**
 * What a campaign rests on, as its reviewer saw it; of a draft, as it is now. Refused where any rule behind
 * was changed since, were it one that a segment only names: other people would be called.
 */
export async function requireReviewed(
  ctx: TransactionContext,
  campaign: Pick<KnownCampaign, "segmentId" | "offers" | "ruleVersions">,
): Promise<Grounds> {
  const { segmentId, ruleVersions } = campaign;
  const segments = await knownSegmentsOf(ctx);
  const [changed] = changedSince(ruleVersions ?? [], segments);
  if (changed !== undefined) {
    const name = await nameOf(ctx, changed);
    throw new ServiceError("conflict", { key: "campaign.segment-changed", values: { name } });
  }
  await requireSegment(ctx, segmentId);
  const { offers } = await requireOffers(ctx, campaign.offers);
  requireOnePurpose(offers);
  const eligibilities = offers.flatMap(({ eligibility }) => eligibility ?? []);
  return { segments, offers, segmentIds: [...new Set([segmentId, ...eligibilities])] };
}

/** Also of one that was put away. */
async function nameOf({ db, organizationId }: TransactionContext, id: SegmentId): Promise<string> {
  const { name } = await db.segment.findFirstOrThrow({ where: { organizationId, id } });
  return name;
}
