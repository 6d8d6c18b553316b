import { type CampaignState, type MoveCampaign, actionOf } from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { versionsBehind } from "@ringfence/core/audience/segment";
import { allow } from "../../platform/access/allow.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import {
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { allowRule } from "../segment/segment.ts";
import { holdOverLimit } from "./refusal-limit.ts";
import { type KnownCampaign, lockCampaign, requireCampaign } from "./campaign.ts";
import { requireReviewed } from "./review.ts";
import { takeStep } from "./steps.ts";

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
    if (state === "draft") await forgetReview(ctx, campaignId);
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
      await requireReviewed(ctx, campaign);
      return {};
    case "refuse":
    case "reopen":
    case "pause":
    case "finish":
      return {};
  }
}

/** What reviewers look at: the offer, and all rules behind, as they are now. */
async function versionsOf(ctx: TransactionContext, campaign: KnownCampaign) {
  const { db, organizationId } = ctx;
  const { id: campaignId } = campaign;
  const draft = { ...campaign, ruleVersions: null };
  const { offers, segments, segmentIds } = await requireReviewed(ctx, draft);
  for (const id of segmentIds) {
    const segment = segments.get(id);
    if (segment) allowRule(ctx, segment.rule, segments);
  }
  for (const { id: offerId, version } of offers) {
    await db.campaignOffer.updateMany({
      where: { organizationId, campaignId, offerId },
      data: { version },
    });
  }
  return { ruleVersions: versionsBehind(segmentIds, segments) };
}

/** A draft is of offers and segment as they stand, whatever was looked at before. */
async function forgetReview({ db, organizationId }: TransactionContext, id: CampaignId) {
  await db.$executeRaw`UPDATE campaign SET rule_versions = NULL
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
  const where = { organizationId, campaignId: id };
  await db.campaignOffer.updateMany({ where, data: { version: null } });
}
