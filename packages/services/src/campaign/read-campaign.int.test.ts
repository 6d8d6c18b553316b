import { expect, it } from "vitest";
import { aDraft } from "../../testing/campaigns.ts";
import { aContext, as } from "../../testing/scenes.ts";
import { readCampaign } from "./read-campaign.ts";

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

it("tells nothing of another organization's, nor to agents", async () => {
  const { ctx, campaignId } = await aDraft();
  await expect(readCampaign(await aContext(), { campaignId })).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(readCampaign(as(ctx, "agent"), { campaignId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
