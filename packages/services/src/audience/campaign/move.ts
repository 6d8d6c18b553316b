import { type CampaignState, MoveCampaign, actionByAct } from "@ringfence/core/audience/campaign";
import type { CampaignId } from "@ringfence/core/ids";
import { collectVersions } from "@ringfence/core/audience/segment";
import {
  ServiceError,
  type TransactionContext,
  allow,
  appendAudit,
  command,
} from "../../platform/internal.ts";
import { assertMaySeeRule } from "../segment/internal.ts";
import { assertDutiesConfirmed, timeoutForPlaces } from "./duties.ts";
import { pauseOverLimit } from "./refusal-limit.ts";
import { type StoredCampaign, loadCampaign, lockCampaign } from "./campaign.ts";
import { loadReviewedPlan } from "./review.ts";
import { recordStep } from "./steps.ts";

/**
 * Does an act on a campaign. Throws `conflict` if its state does not allow the act, if the plan is no longer the
 * reviewed one, or if a duty is not confirmed. Once a campaign is paused, screening allows none of its calls, whatever
 * permits exist. A resumed campaign may pause itself at once; the state returned is the last one.
 */
export const moveCampaign = command({
  name: "moveCampaign",
  // Every role that may do any of the acts may also read. Each act then asks for its own permission.
  action: "campaign.read",
  input: MoveCampaign,
  transaction: timeoutForPlaces,
  run: async (ctx, move): Promise<{ state: CampaignState }> => {
    const { campaignId, act, reason } = move;
    allow(ctx, actionByAct[act]);
    const { db, organizationId } = ctx;
    await lockCampaign(ctx, campaignId);
    const campaign = await loadCampaign(ctx, { id: campaignId });
    if (move.act === "approve") await assertLastStepSeen(ctx, move);
    const change = await prepareChange(ctx, campaign, act);
    if (Object.keys(change).length > 0) {
      await db.campaign.updateMany({ where: { organizationId, id: campaignId }, data: change });
    }
    const state = await recordStep(ctx, campaignId, act, { reason });
    if (state === "draft") await forgetReview(ctx, campaignId);
    await appendAudit(ctx, actionByAct[act], { campaignId, act });
    // Refusals made while the campaign was paused count, so it may pause itself at once.
    const held = act === "resume" ? await pauseOverLimit(ctx, [campaign.key]) : 0;
    return { state: held > 0 ? "paused" : state };
  },
  // The row names the permission of the act.
  audit: "by run",
});

/** Requires that nothing happened since the reviewer looked, so that they approve what they saw. */
async function assertLastStepSeen(
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

/** Prepares the other changes that an act brings. Throws a conflict if the reviewed plan no longer holds. */
async function prepareChange(
  ctx: TransactionContext,
  campaign: StoredCampaign,
  act: MoveCampaign["act"],
) {
  switch (act) {
    case "submit":
      return pinVersions(ctx, campaign);
    case "start":
      await loadReviewedPlan(ctx, campaign);
      await assertDutiesConfirmed(ctx, campaign);
      return { startedAt: campaign.startedAt ?? ctx.now, countedFrom: ctx.now };
    case "resume":
      await loadReviewedPlan(ctx, campaign);
      await assertDutiesConfirmed(ctx, campaign);
      // Only the officer who lets the campaign continue resets its count of refusals.
      return campaign.isHeld ? { countedFrom: ctx.now } : {};
    case "approve":
      await loadReviewedPlan(ctx, campaign);
      return {};
    case "refuse":
    case "reopen":
    case "pause":
    case "finish":
      return {};
  }
}

/** Pins the current versions of the offers and of all rules, for review. */
async function pinVersions(ctx: TransactionContext, campaign: StoredCampaign) {
  const { db, organizationId } = ctx;
  const { id: campaignId } = campaign;
  const draft = { ...campaign, ruleVersions: null };
  const { offers, segments, segmentIds } = await loadReviewedPlan(ctx, draft);
  for (const id of segmentIds) {
    const segment = segments.get(id);
    if (segment) assertMaySeeRule(ctx, segment.rule, segments);
  }
  for (const { id: offerId, version } of offers) {
    await db.campaignOffer.updateMany({
      where: { organizationId, campaignId, offerId },
      data: { version },
    });
  }
  return { ruleVersions: collectVersions(segmentIds, segments) };
}

/** Clears the pinned versions, because a draft uses current offers and segments. */
async function forgetReview({ db, organizationId }: TransactionContext, id: CampaignId) {
  await db.$executeRaw`UPDATE campaign SET rule_versions = NULL
    WHERE organization_id = ${organizationId}::uuid AND id = ${id}::uuid`;
  const where = { organizationId, campaignId: id };
  await db.campaignOffer.updateMany({ where, data: { version: null } });
}
