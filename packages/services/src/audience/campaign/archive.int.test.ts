import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aDraft, aRunningCampaign, approve } from "../../../testing/campaigns.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { listArchived } from "../../desk/archive/list-archived.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { archiveOffer, restoreOffer } from "../offer/archive.ts";
import { archiveSegment, restoreSegment } from "../segment/archive.ts";
import { archiveCampaign, restoreCampaign } from "./archive.ts";
import { listCampaigns, readCampaign } from "./list.ts";
import { moveCampaign } from "./move.ts";
import { saveCampaign } from "./save.ts";

it("takes a draft out of the list, keeps its page, and allows no more acts on it", async () => {
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

it("releases its segment and offers, and can still be read when these are archived too", async () => {
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

it("archives drafts only, whatever other state a campaign is in", async () => {
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

it("cannot be archived in the database either unless it is a draft", async () => {
  const { ctx, campaignId } = await aRunningCampaign();
  const { organizationId } = ctx;
  await expect(
    db.prisma.campaign.updateMany({
      where: { organizationId, id: campaignId },
      data: { archivedAt: new Date(0) },
    }),
  ).rejects.toThrow("campaign_archived_is_draft");
});

it("is not archived while somebody is sending it to review", async () => {
  const { ctx, marketer, campaignId } = await aDraft();
  const work = async (first: ServiceContext) => {
    await moveCampaign(first, { campaignId, act: "submit" });
    const done = Promise.allSettled([archiveCampaign(ctx, { campaignId })]);
    await waitForLockWaiter();
    return { done };
  };
  const { done } = await inTransaction(marketer, work, { timeoutMs: 30_000 });
  expect(await done).toMatchObject([
    { status: "rejected", reason: { explanation: { key: "campaign.not-draft" } } },
  ]);
});

it("is refused to auditors, to members of other sellers, and to another organization", async () => {
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

it("restores a draft as it was, ready to be sent to review", async () => {
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

it("is restored only after its segment and offers, and names the archived one", async () => {
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

it("keeps its segment from being archived while it is being restored", async () => {
  const { ctx, campaignId, segmentId } = await aDraft();
  await archiveCampaign(ctx, { campaignId });
  const work = async (first: ServiceContext) => {
    await restoreCampaign(first, { campaignId });
    const done = Promise.allSettled([archiveSegment(ctx, segmentId)]);
    await waitForLockWaiter();
    return { done };
  };
  const { done } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  expect(await done).toMatchObject([
    { status: "rejected", reason: { explanation: { key: "segment.used-by-campaign" } } },
  ]);
});

it("refuses auditors, and restores nothing of another organization", async () => {
  const { ctx, campaignId } = await aDraft();
  await archiveCampaign(ctx, { campaignId });
  await expect(restoreCampaign(as(ctx, "auditor"), { campaignId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(restoreCampaign(await aContext(), { campaignId })).rejects.toMatchObject({
    code: "not-found",
  });
});
