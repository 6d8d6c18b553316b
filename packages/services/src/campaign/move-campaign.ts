import { actionOf, type CampaignState, type MoveCampaign } from "@ringfence/core/campaign";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { requireOffer } from "../offer/require-offer.ts";
import { allowRule } from "../segment/allow-rule.ts";
import { knownSegmentsOf } from "../segment/known-segments-of.ts";
import { requireSegment } from "../segment/require-segment.ts";
import { holdOverLimit } from "./hold-over-limit.ts";
import { lockCampaign } from "./lock-campaign.ts";
import type { KnownCampaign } from "./plan-of.ts";
import { requireCampaign } from "./require-campaign.ts";
import { requireReviewed } from "./require-reviewed.ts";
import { takeStep } from "./take-step.ts";

/**
 * Takes a campaign to where an act leads (core/campaign), or says why it cannot go there. Paused, none of
 * its calls is allowed from that moment on, whoever holds a permit.
 */
export async function moveCampaign(
  ctx: ServiceContext,
  move: MoveCampaign,
): Promise<{ state: CampaignState }> {
  allow(ctx, actionOf[move.act]);
  const { campaignId, act, reason } = move;

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await lockCampaign(ctx, campaignId);
    const campaign = await requireCampaign(ctx, { id: campaignId });
    if (move.act === "approve") await requireSeen(ctx, move);
    const change = await changeBy(ctx, campaign, act);
    if (Object.keys(change).length > 0) {
      await db.campaign.updateMany({ where: { organizationId, id: campaignId }, data: change });
    }
    const state = await takeStep(ctx, campaignId, act, { reason });
    if (act === "resume" || act === "reopen") {
      await db.campaign.updateMany({
        where: { organizationId, id: campaignId },
        data: { isHeld: false },
      });
    }
    await appendAudit(ctx, actionOf[act], { campaignId, act });
    // What people said while it was paused counts: it may pause itself at once.
    const held = act === "resume" ? await holdOverLimit(ctx, [campaign.key]) : 0;
    return { state: held > 0 ? "paused" : state };
  });
}

/** What is approved is what was looked at: nothing was done with it since. */
async function requireSeen(
  { db, organizationId }: TransactionContext,
  { campaignId, seen }: Extract<MoveCampaign, { act: "approve" }>,
) {
  const [last] = await db.campaignStep.findMany({
    where: { organizationId, campaignId },
    orderBy: { id: "desc" },
    take: 1,
  });
  if (last?.id === seen) return;
  throw new ServiceError("conflict", { key: "campaign.changed-meanwhile" });
}

/** What else becomes so by an act. */
async function changeBy(
  ctx: TransactionContext,
  campaign: KnownCampaign,
  act: MoveCampaign["act"],
) {
  switch (act) {
    case "submit":
      return versionsOf(ctx, campaign);
    case "start":
      await requireReviewed(ctx, campaign);
      return { startedAt: campaign.startedAt ?? ctx.now, countedFrom: ctx.now };
    case "resume":
      await requireReviewed(ctx, campaign);
      // Nobody but the officer who lets it go on makes refusals be forgotten.
      return campaign.isHeld ? { countedFrom: ctx.now } : {};
    case "approve":
    case "refuse":
    case "reopen":
    case "pause":
    case "finish":
      return {};
  }
}

/** What reviewers look at: offer and segment as they are now. */
async function versionsOf(ctx: TransactionContext, { offerId, segmentId }: KnownCampaign) {
  const offer = await requireOffer(ctx, offerId);
  const segment = await requireSegment(ctx, segmentId);
  const segments = await knownSegmentsOf(ctx);
  for (const id of [segmentId, offer.eligibility]) {
    const rule = id && segments.get(id)?.rule;
    if (rule) allowRule(ctx, rule, segments);
  }
  return { offerVersion: offer.version, segmentVersion: segment.version };
}
