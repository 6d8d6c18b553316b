import { expect, it } from "vitest";
import { aDraft, aRunningCampaign } from "../../../testing/campaigns.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { archiveSegment } from "../segment/archive.ts";
import { readCampaign } from "./read-campaign.ts";
import { readResults } from "./read-results.ts";

it("tells what can be done with it, and why somebody cannot", async () => {
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

it("tells of one that is over whose segment is archived by now", async () => {
  const { ctx, campaignId, segmentId, move } = await aRunningCampaign();
  await move("finish");
  await archiveSegment(ctx, segmentId);
  const { segment, acts } = await readCampaign(ctx, { campaignId });
  expect({ segment, acts }).toMatchObject({ segment: { isArchived: true }, acts: [] });
  expect(await readResults(ctx, { campaignId })).toMatchObject({ own: { called: 0 } });
});

it("tells nothing of another organization's, nor to agents", async () => {
  const { ctx, campaignId } = await aDraft();
  await expect(readCampaign(await aContext(), { campaignId })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(readCampaign(as(ctx, "agent"), { campaignId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
