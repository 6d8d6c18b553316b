import type { SegmentId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { namedIn } from "@ringfence/core/audience/segment";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { seesRule } from "./allow-rule.ts";
import { knownSegmentsOf } from "./known-segments-of.ts";

/** Finds what uses a segment and says so in a sentence. Gives null if nothing does. */
export async function findSegmentUse(
  ctx: TransactionContext,
  segmentId: SegmentId,
): Promise<Message | null> {
  const segments = await knownSegmentsOf(ctx);
  const others = [...segments.values()].filter(({ rule }) => namedIn(rule).includes(segmentId));
  if (others.length > 0) {
    const seen = others.find(({ rule }) => seesRule(ctx.actor, rule, segments));
    return seen
      ? { key: "segment.named-elsewhere", values: { name: seen.name } }
      : { key: "segment.used-elsewhere" };
  }
  return (await findOfferUse(ctx, segmentId)) ?? findCampaignUse(ctx, segmentId);
}

async function findOfferUse(
  { db, organizationId }: TransactionContext,
  segmentId: SegmentId,
): Promise<Message | null> {
  const [offer] = await db.$queryRaw<{ name: string }[]>`
    SELECT offer.name FROM offer
    JOIN offer_version AS version ON version.organization_id = offer.organization_id
      AND version.offer_id = offer.id AND version.number = offer.version
    WHERE offer.organization_id = ${organizationId}::uuid AND offer.archived_at IS NULL
      AND version.eligibility_id = ${segmentId}::uuid
    ORDER BY offer.name LIMIT 1`;
  return offer ? { key: "segment.used-by-offer", values: { name: offer.name } } : null;
}

/** Finds a campaign that is neither over nor archived, also one that was reviewed with this segment behind its rules. */
async function findCampaignUse(
  { db, organizationId, actor }: TransactionContext,
  segmentId: SegmentId,
): Promise<Message | null> {
  const behind = JSON.stringify([{ segment: segmentId }]);
  const campaigns = await db.$queryRaw<{ name: string; sellerId: string }[]>`
    SELECT name, seller_id AS "sellerId" FROM campaign
    WHERE organization_id = ${organizationId}::uuid AND state <> 'done' AND archived_at IS NULL
      AND (segment_id = ${segmentId}::uuid OR rule_versions @> ${behind}::jsonb)
    ORDER BY id`;
  if (campaigns.length === 0) return null;
  const sellers = sellersSeenBy(actor);
  const seen = campaigns.find(({ sellerId }) => sellers?.some((id) => id === sellerId) ?? true);
  return seen
    ? { key: "segment.used-by-campaign", values: { name: seen.name } }
    : { key: "segment.used-elsewhere" };
}
