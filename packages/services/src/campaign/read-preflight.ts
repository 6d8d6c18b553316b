import { type AskCampaign, labelRule } from "@ringfence/core/campaign";
import { PlaceCounts } from "@ringfence/core/segment";
import { phoneShown } from "../access/phone-shown.ts";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { organizationOf } from "../organization/organization-of.ts";
import { allowRule } from "../segment/allow-rule.ts";
import { knownSegmentsOf } from "../segment/known-segments-of.ts";
import { peopleOfBlocks } from "../segment/people-of-blocks.ts";
import { queueScreening } from "../segment/queue-screening.ts";
import { requireSegment } from "../segment/require-segment.ts";
import { rulesBehind } from "../segment/rules-behind.ts";
import { withoutRefusers } from "../segment/without-refusers.ts";
import { audienceOf } from "./audience-of.ts";
import { forecastOf } from "./forecast-of.ts";
import { listenersOf } from "./listeners-of.ts";
import type { KnownCampaign } from "./plan-of.ts";
import { requireCampaign } from "./require-campaign.ts";
import { speakerOf } from "./speaker-of.ts";

const SAMPLE = 5;

/**
 * What a campaign would come to: how many of its segment may be called and where the others are stopped,
 * some people and what they would hear, and how many are likely to refuse. What was never screened for
 * such calls is screened now, by a worker.
 */
export async function readPreflight(ctx: ServiceContext, { campaignId }: AskCampaign) {
  allow(ctx, "campaign.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const campaign = await requireCampaign(ctx, { id: campaignId });
    const { segmentId, sellerId } = campaign;
    const speaker = await speakerOf(ctx, campaign);
    const { purpose } = speaker.offer;
    const { version } = await requireSegment(ctx, segmentId);
    const row = await db.segmentWaterfall.findFirst({
      where: { organizationId, segmentId, sellerId, purpose },
    });
    if (row === null) await queueScreening(ctx, segmentId, { seller: sellerId, purpose });
    const { homeRegion } = await organizationOf(ctx);
    return {
      waterfall: row && {
        at: row.at,
        isCurrent: row.version === version,
        contacts: row.contacts,
        counts: PlaceCounts.parse(row.counts),
      },
      ...(await audienceIfKnown(ctx, campaign)),
      sample: row ? await sampleOf(ctx, campaign, speaker, [version, row.version]) : [],
      forecast: await forecastOf(ctx, campaign, purpose),
      labelRule: labelRule(homeRegion),
    };
  });
}

/** Null while its people are not found, or by other rules than were reviewed: `unknown` says which. */
async function audienceIfKnown(ctx: TransactionContext, campaign: KnownCampaign) {
  try {
    const { ordinals, ...others } = await audienceOf(ctx, campaign);
    return { audience: { ...others, people: ordinals.length }, unknown: null };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "conflict") throw error;
    return { audience: null, unknown: error.explanation };
  }
}

/** Some who could be called when the segment was screened; who looks at them is on record. */
async function sampleOf(
  ctx: TransactionContext,
  { id: campaignId, segmentId, sellerId }: KnownCampaign,
  speaker: Awaited<ReturnType<typeof speakerOf>>,
  versions: readonly number[],
) {
  const segments = await knownSegmentsOf(ctx);
  const rules = await rulesBehind(ctx, segmentId, versions);
  for (const rule of rules) allowRule(ctx, rule, segments);
  const which = { segmentId, sellerId, purpose: speaker.offer.purpose, place: "callable" } as const;
  const found = await peopleOfBlocks(ctx, which, { after: 0, limit: SAMPLE });
  const people = await listenersOf(
    ctx,
    speaker,
    await withoutRefusers(ctx, rules, segments, found),
  );
  if (people.length > 0) {
    await appendAudit(ctx, "campaign.read", { campaignId, listed: people.length });
  }
  return people.map(({ phones, ...person }) => ({
    ...person,
    phones: phones.map((phone) => phoneShown(ctx.actor, phone)),
  }));
}
