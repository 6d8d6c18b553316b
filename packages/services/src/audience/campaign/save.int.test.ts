import type { SaveCampaign } from "@ringfence/core/audience/campaign";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aPlan } from "../../../testing/campaign-plan.ts";
import { aDraft, aRunningCampaign } from "../../../testing/campaigns.ts";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { everybody } from "../../../testing/waterfall-scene.ts";
import { archiveOffer } from "../offer/archive.ts";
import { saveOffer } from "../offer/save.ts";
import { saveSegment } from "../segment/save.ts";
import { readCampaign } from "./list.ts";
import { saveCampaign } from "./save.ts";

it("saves a draft with all its fields and its author", async () => {
  const { ctx, marketer, plan, campaignId, version } = await aDraft();
  const again = { ...plan, campaign: { id: campaignId, version }, priority: 7 };
  await saveCampaign(marketer, { ...again, callerNumber: "(202) 555-0198" });

  const { seller, callerNumber: _, ...rest } = again;
  const { campaign: __, offerIds, ...said } = rest;
  expect(await readCampaign(ctx, { campaignId })).toMatchObject({
    ...said,
    state: "draft",
    offers: offerIds.map((id) => ({ id })),
    callerNumber: "+12025550198",
    seller: { key: seller },
    steps: [{ act: "save" }, { act: "save" }],
  });
  const { organizationId } = ctx;
  expect(
    await db.prisma.auditEntry.count({ where: { organizationId, action: "campaign.change" } }),
  ).toBe(2);
});

it("accepts several offers for one purpose, and keeps those that calls were made for", async () => {
  const { marketer, plan, campaignId, offerId, move } = await aDraft();
  const { id: about } = await saveOffer(marketer, anOffer());
  const { id: same } = await saveOffer(
    marketer,
    anOffer({ purpose: PurposeKey.parse("marketing") }),
  );
  const save = (version: number, offerIds: SaveCampaign["offerIds"]) =>
    saveCampaign(marketer, { ...plan, offerIds, campaign: { id: campaignId, version } });
  await expect(save(1, [offerId, about])).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "campaign.purposes-differ" },
  });
  await save(1, [offerId, same]);
  expect((await readCampaign(marketer, { campaignId })).offers).toMatchObject([
    { id: offerId },
    { id: same },
  ]);
  await expect(archiveOffer(marketer, { offerId: same })).rejects.toMatchObject({
    explanation: { key: "offer.in-use" },
  });

  await move("submit", marketer);
  await move("approve");
  await move("start", marketer);
  await move("pause");
  await move("reopen", marketer);
  await expect(save(2, [offerId])).rejects.toMatchObject({
    explanation: { key: "campaign.called-already" },
  });
  await save(2, [same, offerId]);
});

it("changes drafts only, and only the version that was opened", async () => {
  const { marketer, plan, campaignId, version, move } = await aDraft();
  const save = (at: number) =>
    saveCampaign(marketer, { ...plan, campaign: { id: campaignId, version: at } });
  await expect(save(version + 1)).rejects.toMatchObject({
    explanation: { key: "campaign.changed-meanwhile" },
  });
  await move("submit", marketer);
  await expect(save(version)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "campaign.act-unfit" },
  });
});

it("names the invalid field", async () => {
  const { marketer, plan, ctx } = await aDraft();
  const refused = async (more: object) => {
    const saving = saveCampaign(marketer, { ...plan, key: "autumn", ...more });
    return saving.catch((error: unknown) => error);
  };
  expect(await refused({ key: "spring" })).toMatchObject({ code: "conflict", path: "/key" });
  expect(await refused({ seller: "nobody" })).toMatchObject({ path: "/seller" });
  expect(await refused({ callerNumber: "call me" })).toMatchObject({ path: "/callerNumber" });

  await db.prisma.organization.update({
    where: { id: ctx.organizationId },
    data: { homeRegion: "RU" },
  });
  expect(await refused({})).toMatchObject({ path: "/label" });
  expect(await refused({ label: "й".repeat(33) })).toMatchObject({ path: "/label" });
  expect(await refused({ label: "Acme loans" })).toMatchObject({ path: "/labelContract" });
  await saveCampaign(marketer, { ...plan, key: "autumn", label: "Acme", labelContract: "No. 7" });
});

it("refuses members of another seller, and agents", async () => {
  const { ctx, plan } = await aDraft();
  const sellerId = await aSeller(db, ctx.organizationId, "bank");
  const actor = { type: "member", id: "mo", role: "marketer", sellerIds: [sellerId] } as const;
  const forbidden = { code: "forbidden" };
  await expect(saveCampaign({ ...ctx, actor }, { ...plan, key: "autumn" })).rejects.toMatchObject(
    forbidden,
  );
  await expect(saveCampaign(as(ctx, "agent"), plan)).rejects.toMatchObject(forbidden);
});

it("uses nothing of another organization", async () => {
  const [other, { ctx, plan, campaignId, version }] = [await aContext(), await aDraft()];
  const segment = await saveSegment(other, { name: "All", rule: everybody });
  const offer = await saveOffer(other, anOffer());
  const theirs = aPlan({ segmentId: segment.id, offerId: offer.id });
  const notFound = { code: "not-found" };
  await expect(
    saveCampaign(ctx, { ...plan, key: "a", segmentId: segment.id }),
  ).rejects.toMatchObject(notFound);
  await expect(
    saveCampaign(ctx, { ...plan, key: "a", offerIds: [offer.id] }),
  ).rejects.toMatchObject(notFound);
  await expect(
    saveCampaign(other, { ...theirs, campaign: { id: campaignId, version } }),
  ).rejects.toMatchObject(notFound);
});

it("fixes the seller, the segment and the key once calls were made", async () => {
  const { marketer, plan, campaignId, version, move } = await aRunningCampaign();
  await move("pause");
  await move("reopen", marketer);
  const save = (more: object) =>
    saveCampaign(marketer, { ...plan, campaign: { id: campaignId, version }, ...more });
  await expect(save({ key: "autumn" })).rejects.toMatchObject({
    code: "conflict",
    path: "/key",
    explanation: { key: "campaign.called-already" },
  });
  expect(await save({ priority: 60 })).toEqual({ id: campaignId, version: version + 1 });
});
