import { expect, it } from "vitest";
import { aDraft } from "../../../testing/campaigns.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { untilOneWaits } from "../../../testing/until-one-waits.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { archiveOffer, restoreOffer } from "../offer/archive.ts";
import { archiveSegment, restoreSegment } from "../segment/archive.ts";
import { archiveCampaign } from "./archive-campaign.ts";
import { listCampaigns } from "./list-campaigns.ts";
import { moveCampaign } from "./move-campaign.ts";
import { restoreCampaign } from "./restore-campaign.ts";

it("brings a draft back as it was, to be sent to review", async () => {
  const { ctx, marketer, campaignId } = await aDraft();
  await expect(restoreCampaign(marketer, { campaignId })).rejects.toMatchObject({
    code: "not-found",
    explanation: { key: "campaign.not-archived" },
  });
  await archiveCampaign(marketer, { campaignId });
  await restoreCampaign(marketer, { campaignId });
  expect(await listCampaigns(ctx)).toMatchObject([{ id: campaignId, state: "draft" }]);
  expect(await moveCampaign(marketer, { campaignId, act: "submit" })).toEqual({
    state: "in-review",
  });
});

it("is restored after its segment and its offers, and says which", async () => {
  const { ctx, campaignId, segmentId, offerId, offer } = await aDraft();
  await archiveCampaign(ctx, { campaignId });
  await archiveOffer(ctx, { offerId });
  await archiveSegment(ctx, segmentId);
  await expect(restoreCampaign(ctx, { campaignId })).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "campaign.offer-archived", values: { name: offer.name } },
  });
  await restoreOffer(ctx, { offerId });
  await expect(restoreCampaign(ctx, { campaignId })).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "campaign.segment-archived" },
  });
  await restoreSegment(ctx, segmentId);
  await restoreCampaign(ctx, { campaignId });
  expect(await listCampaigns(ctx)).toHaveLength(1);
});

it("keeps its segment from being archived at the moment when it is restored", async () => {
  const { ctx, campaignId, segmentId } = await aDraft();
  await archiveCampaign(ctx, { campaignId });
  const work = async (first: ServiceContext) => {
    await restoreCampaign(first, { campaignId });
    const done = Promise.allSettled([archiveSegment(ctx, segmentId)]);
    await untilOneWaits();
    return { done };
  };
  const { done } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  expect(await done).toMatchObject([
    { status: "rejected", reason: { explanation: { key: "segment.used-by-campaign" } } },
  ]);
});

it("is not for auditors, and restores nothing of another organization", async () => {
  const { ctx, campaignId } = await aDraft();
  await archiveCampaign(ctx, { campaignId });
  await expect(restoreCampaign(as(ctx, "auditor"), { campaignId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(restoreCampaign(await aContext(), { campaignId })).rejects.toMatchObject({
    code: "not-found",
  });
});
