import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPlan } from "../../../testing/campaign-plan.ts";
import { aDraft, aRunningCampaign } from "../../../testing/campaigns.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listCampaigns, readCampaign } from "./list.ts";
import { saveCampaign } from "./save.ts";
import { archiveSegment } from "../segment/archive.ts";
import { readResults } from "./results.ts";

it("lists campaigns of the member's own sellers, newest first", async () => {
  const { ctx, segmentId, offerId, offer } = await aDraft();
  const bank = await aSeller(db, ctx.organizationId, "bank");
  await saveCampaign(ctx, aPlan({ segmentId, offerId }, { key: "bank", seller: "bank" }));
  expect(await listCampaigns(ctx)).toMatchObject([
    { key: "bank", state: "draft" },
    { key: "spring", offers: [offer.name], segment: "All" },
  ]);
  const actor = { type: "member", id: "mo", role: "marketer", sellerIds: [bank] } as const;
  expect(await listCampaigns({ ...ctx, actor })).toMatchObject([{ key: "bank" }]);
});

it("lists nothing of another organization, and refuses agents", async () => {
  const { ctx } = await aDraft();
  expect(await listCampaigns(await aContext())).toEqual([]);
  await expect(listCampaigns(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

it("shows which acts are possible, and why a member may not do one", async () => {
  const { ctx, marketer, campaignId, move } = await aDraft();
  const acts = async (by = ctx) =>
    (await readCampaign(by, { campaignId })).acts.map(({ act, fault }) => [act, fault?.key]);
  expect(await acts()).toEqual([
    ["save", undefined],
    ["submit", undefined],
  ]);
  await move("submit", marketer);
  expect(await acts()).toEqual([
    ["approve", undefined],
    ["refuse", undefined],
    ["reopen", undefined],
  ]);
  expect(await acts(as(ctx, "officer"))).toContainEqual(["approve", "campaign.own-review"]);
});

it("reads a finished campaign whose segment was archived", async () => {
  const { ctx, campaignId, segmentId, move } = await aRunningCampaign();
  await move("finish");
  await archiveSegment(ctx, segmentId);
  const { segment, acts } = await readCampaign(ctx, { campaignId });
  expect({ segment, acts }).toMatchObject({ segment: { isArchived: true }, acts: [] });
  expect(await readResults(ctx, { campaignId })).toMatchObject({ own: { called: 0 } });
});

it("reads nothing of another organization's, and refuses agents", async () => {
  const { ctx, campaignId } = await aDraft();
  await expect(readCampaign(await aContext(), { campaignId })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(readCampaign(as(ctx, "agent"), { campaignId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
