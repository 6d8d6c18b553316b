import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aDraft, aPlan } from "../../../testing/campaigns.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listCampaigns } from "./list-campaigns.ts";
import { saveCampaign } from "./save-campaign.ts";

it("lists campaigns, the newest first, of sellers that one works for", async () => {
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

it("lists none of another organization, and none to agents", async () => {
  const { ctx } = await aDraft();
  expect(await listCampaigns(await aContext())).toEqual([]);
  await expect(listCampaigns(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});
