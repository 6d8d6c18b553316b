import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aDraft, aRunningCampaign, approve } from "../../../testing/campaigns.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { untilOneWaits } from "../../../testing/until-one-waits.ts";
import { listArchived } from "../../desk/archive/list-archived.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { archiveOffer } from "../offer/archive.ts";
import { archiveSegment } from "../segment/archive.ts";
import { archiveCampaign } from "./archive-campaign.ts";
import { listCampaigns } from "./list-campaigns.ts";
import { moveCampaign } from "./move-campaign.ts";
import { readCampaign } from "./read-campaign.ts";
import { saveCampaign } from "./save-campaign.ts";

it("takes a draft out of the list, keeps its page, and lets nobody do anything with it", async () => {
  const { ctx, marketer, plan, campaignId, version } = await aDraft();
  await archiveCampaign(marketer, { campaignId });

  expect(await listCampaigns(ctx)).toEqual([]);
  expect(await listArchived(ctx, { kind: "campaign" })).toMatchObject([{ name: "Spring loans" }]);
  expect(await readCampaign(ctx, { campaignId })).toMatchObject({
    name: "Spring loans",
    acts: [],
    archived: { at: expect.any(Date), by: { type: "member" } },
  });
  const refused = { code: "conflict", explanation: { key: "campaign.is-archived" } };
  const campaign = { id: campaignId, version };
  for (const act of [
    () => moveCampaign(marketer, { campaignId, act: "submit" }),
    () => saveCampaign(marketer, { ...plan, campaign }),
    () => archiveCampaign(marketer, { campaignId }),
  ]) {
    await expect(act()).rejects.toMatchObject(refused);
  }
  await expect(saveCampaign(marketer, plan)).rejects.toMatchObject({
    explanation: { key: "campaign.key-archived", values: { key: "spring" } },
  });
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId, action: "campaign.change" },
    orderBy: { at: "desc" },
  });
  expect(entries[0]?.details).toEqual({ campaignId, archived: true });
});

it("lets go of its segment and its offers, and is shown when these are archived too", async () => {
  const { ctx, campaignId, segmentId, offerId } = await aDraft();
  await archiveCampaign(ctx, { campaignId });
  await archiveOffer(ctx, { offerId });
  await archiveSegment(ctx, segmentId);
  expect(await readCampaign(ctx, { campaignId })).toMatchObject({
    segment: { isArchived: true },
    offers: [{ id: offerId }],
  });
});

const notDraft = (state: string) => ({
  code: "conflict",
  explanation: { key: "campaign.not-draft", values: { state } },
});

it("archives nothing but a draft, in whatever state a campaign is", async () => {
  const { ctx, marketer, campaignId, move } = await aDraft();
  const stateRefused = () => archiveCampaign(ctx, { campaignId }).catch((error: unknown) => error);
  await move("submit", marketer);
  expect(await stateRefused()).toMatchObject(notDraft("in_review"));
  await approve(ctx, campaignId);
  expect(await stateRefused()).toMatchObject(notDraft("approved"));
  await move("start", marketer);
  expect(await stateRefused()).toMatchObject(notDraft("running"));
  await move("pause", marketer);
  expect(await stateRefused()).toMatchObject(notDraft("paused"));
  await move("finish", marketer);
  expect(await stateRefused()).toMatchObject(notDraft("done"));
});

it("is not archived by the database itself unless it is a draft", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  const { organizationId } = ctx;
  await expect(
    db.prisma.campaign.updateMany({
      where: { organizationId, id: campaignId },
      data: { archivedAt: new Date(0) },
    }),
  ).rejects.toThrow("campaign_archived_is_draft");
});

it("is not archived while somebody sends it to review at this moment", async () => {
  const { ctx, marketer, campaignId } = await aDraft();
  const work = async (first: ServiceContext) => {
    await moveCampaign(first, { campaignId, act: "submit" });
    const done = Promise.allSettled([archiveCampaign(ctx, { campaignId })]);
    await untilOneWaits();
    return { done };
  };
  const { done } = await inTransaction(marketer, work, { timeoutMs: 30_000 });
  expect(await done).toMatchObject([
    { status: "rejected", reason: { explanation: { key: "campaign.not-draft" } } },
  ]);
});

it("is not for auditors, nor for who does not work for its seller, nor for another organization", async () => {
  const { ctx, campaignId } = await aDraft();
  const bank = await aSeller(db, ctx.organizationId, "bank");
  const actor = { type: "member", id: "mo", role: "marketer", sellerIds: [bank] } as const;
  const other = { ...ctx, actor };
  await expect(archiveCampaign(as(ctx, "auditor"), { campaignId })).rejects.toMatchObject({
    code: "forbidden",
  });
  for (const stranger of [other, await aContext()]) {
    await expect(archiveCampaign(stranger, { campaignId })).rejects.toMatchObject({
      code: "not-found",
    });
  }
  await archiveCampaign(ctx, { campaignId });
  expect(await listArchived(other, { kind: "campaign" })).toEqual([]);
});
