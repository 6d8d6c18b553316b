import type { SegmentId } from "@ringfence/core/ids";
import type { Rule } from "@ringfence/core/audience/segment";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aDraft, aRunningCampaign } from "../../../testing/campaigns.ts";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { aScene, asRefresher, buyers, livesIn } from "../../../testing/segment-scene.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { moveCampaign } from "../campaign/move.ts";
import { saveCampaign } from "../campaign/save.ts";
import { type ServiceContext, inTransaction } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { saveOffer } from "../offer/save.ts";
import { archiveSegment, restoreSegment } from "./archive.ts";
import { listSegments, readSegment } from "./list.ts";
import { readRuleVocabulary } from "./rule-vocabulary.ts";
import { saveSegment } from "./save.ts";
import { refreshSegment } from "./refresh.ts";

const abroad: Rule = {
  is: "attribute",
  field: "@country",
  test: { test: "one-of", values: ["RU"] },
};

const listed = async (ctx: ServiceContext) =>
  (await listSegments(ctx, { locale: "en" })).map(({ name }) => name);

it("takes a segment out of lists and choices, keeps it, and shows who archived it", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await archiveSegment(as(ctx, "marketer"), id);

  expect(await listed(ctx)).toEqual([]);
  expect((await readRuleVocabulary(ctx)).segments).toEqual([]);
  expect(await readSegment(ctx, id)).toMatchObject({
    name: "Buyers",
    rule: buyers,
    archived: { at: expect.any(Date), by: { type: "member" } },
  });
  const { organizationId } = ctx;
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "segment.change" },
    orderBy: { at: "desc" },
  });
  expect(entries[0]?.details).toEqual({ segmentId: id, archived: true });
  await expect(archiveSegment(ctx, id)).rejects.toMatchObject({ code: "not-found" });
});

it("cannot be changed, used in a rule, or chosen for a campaign or an offer while archived", async () => {
  const { ctx, plan, offerId } = await aDraft();
  const { id, version } = await saveSegment(ctx, { name: "Old", rule: abroad });
  await archiveSegment(ctx, id);

  const rule = { is: "segment", segment: id } as const;
  await expect(saveSegment(ctx, { name: "New", rule })).rejects.toMatchObject({
    explanation: { key: "segment.unknown" },
  });
  const changed = saveSegment(ctx, { segment: { id, version }, name: "Old", rule: buyers });
  await expect(changed).rejects.toMatchObject({ code: "not-found" });
  const campaign = saveCampaign(ctx, { ...plan, key: "other", segmentId: id, offerIds: [offerId] });
  await expect(campaign).rejects.toMatchObject({ explanation: { key: "segment.not-found" } });
  await expect(saveOffer(ctx, anOffer({ eligibility: id }))).rejects.toMatchObject({
    explanation: { key: "segment.not-found" },
  });
  await expect(saveSegment(ctx, { name: "Old", rule: buyers })).rejects.toMatchObject({
    explanation: { key: "segment.name-archived", values: { name: "Old" } },
  });
});

/** Tries to archive a segment and returns what uses it. */
const findUse = (ctx: ServiceContext, id: SegmentId) =>
  archiveSegment(ctx, id).then(
    () => "nothing uses it",
    (error: unknown) => {
      if (!(error instanceof ServiceError) || error.code !== "conflict") throw error;
      return error.explanation;
    },
  );

it("is not archived while in use, and names the segment, offer or campaign that uses it", async () => {
  const { ctx, marketer, segmentId, plan, campaignId, version, offerId } = await aDraft();
  expect(await findUse(ctx, segmentId)).toEqual({
    key: "segment.used-by-campaign",
    values: { name: "Spring loans" },
  });

  const { id } = await saveSegment(ctx, { name: "Tver", rule: abroad });
  const rule = { is: "all", of: [{ is: "segment", segment: id }] } as const;
  const outer = await saveSegment(ctx, { name: "Outer", rule: { ...rule, of: [...rule.of] } });
  expect(await findUse(ctx, id)).toEqual({
    key: "segment.named-elsewhere",
    values: { name: "Outer" },
  });
  await archiveSegment(ctx, outer.id);

  const offer = anOffer({ name: "For Tver", eligibility: id });
  const made = await saveOffer(ctx, offer);
  expect(await findUse(ctx, id)).toEqual({
    key: "segment.used-by-offer",
    values: { name: "For Tver" },
  });
  await saveOffer(ctx, { ...anOffer({ name: "For Tver" }), offer: made });
  await archiveSegment(ctx, id);

  const other = await saveSegment(ctx, { name: "Others", rule: buyers });
  const campaign = { id: campaignId, version };
  await saveCampaign(marketer, { ...plan, campaign, segmentId: other.id, offerIds: [offerId] });
  await archiveSegment(ctx, segmentId);
  expect(await listed(ctx)).toEqual(["Others"]);
});

it("does not archive a segment that a running campaign was reviewed with, even if its offer has changed since", async () => {
  const { ctx, marketer, plan, segmentId } = await aDraft();
  const { id } = await saveSegment(ctx, { name: "Tver", rule: abroad });
  const purpose = PurposeKey.parse("marketing");
  const made = await saveOffer(marketer, anOffer({ purpose, eligibility: id }));
  const draft = { ...plan, key: "tver", name: "To Tver", segmentId, offerIds: [made.id] };
  const { id: campaignId } = await saveCampaign(marketer, draft);
  await moveCampaign(marketer, { campaignId, act: "submit" });
  await saveOffer(marketer, { ...anOffer({ purpose }), offer: made });
  expect(await findUse(ctx, id)).toEqual({
    key: "segment.used-by-campaign",
    values: { name: "To Tver" },
  });
});

it("does not archive one while a campaign is being saved with it", async () => {
  const { ctx, marketer, plan } = await aDraft();
  const { id: segmentId } = await saveSegment(ctx, { name: "Tver", rule: abroad });
  const work = async (first: ServiceContext) => {
    await saveCampaign(first, { ...plan, key: "summer", name: "Summer", segmentId });
    const done = Promise.allSettled([archiveSegment(ctx, segmentId)]);
    await waitForLockWaiter();
    return { done };
  };
  const { done } = await inTransaction(marketer, work, { timeoutMs: 30_000 });
  expect(await done).toMatchObject([
    { status: "rejected", reason: { explanation: { key: "segment.used-by-campaign" } } },
  ]);
});

it("cannot be chosen for an offer while it is being archived", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  const work = async (first: ServiceContext) => {
    await archiveSegment(first, id);
    const done = Promise.allSettled([saveOffer(ctx, anOffer({ eligibility: id }))]);
    await waitForLockWaiter();
    return { done };
  };
  const { done } = await inTransaction(ctx, work, { timeoutMs: 30_000 });
  expect(await done).toMatchObject([
    { status: "rejected", reason: { explanation: { key: "segment.not-found" } } },
  ]);
});

it("does not name a campaign of a seller that is not the member's", async () => {
  const { ctx, segmentId } = await aRunningCampaign();
  const bank = await aSeller(db, ctx.organizationId, "bank");
  const actor = { type: "member", id: "mo", role: "marketer", sellerIds: [bank] } as const;
  expect(await findUse({ ...ctx, actor }, segmentId)).toEqual({ key: "segment.used-elsewhere" });
});

it("refuses auditors, and archives no segment of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await expect(archiveSegment(as(ctx, "auditor"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(archiveSegment(other, id)).rejects.toMatchObject({ code: "not-found" });
  expect(await listed(ctx)).toEqual(["Buyers"]);
});

it("restores a segment, and refreshes it before anybody uses it", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await refreshSegment(asRefresher(ctx), id);
  await archiveSegment(ctx, id);
  expect(await refreshSegment(asRefresher(ctx), id)).toBeNull();

  await restoreSegment(as(ctx, "marketer"), id);
  expect(await readSegment(ctx, id)).toMatchObject({ archived: null, isCurrent: false });
  await refreshSegment(asRefresher(ctx), id);
  expect(await readSegment(ctx, id)).toMatchObject({ archived: null, isCurrent: true, size: 2 });
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId, action: "segment.change" },
    orderBy: { at: "desc" },
  });
  expect(entries[0]?.details).toEqual({ segmentId: id, archived: false });
});

it("does not restore a segment whose rule names one that is still archived", async () => {
  const ctx = await aScene();
  const inner = await saveSegment(ctx, { name: "Tver", rule: livesIn("Tver") });
  const outer = await saveSegment(ctx, {
    name: "Outer",
    rule: { is: "segment", segment: inner.id },
  });
  await archiveSegment(ctx, outer.id);
  await archiveSegment(ctx, inner.id);
  await expect(restoreSegment(ctx, outer.id)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "segment.rests-on-archived", values: { name: "Tver" } },
  });
  await restoreSegment(ctx, inner.id);
  await restoreSegment(ctx, outer.id);
  expect(await readSegment(ctx, outer.id)).toMatchObject({ archived: null });
});

it("refuses auditors, and restores nothing in use and nothing of another organization", async () => {
  const [ctx, other] = [await aScene(), await aContext()];
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  await expect(restoreSegment(ctx, id)).rejects.toMatchObject({ code: "not-found" });
  await archiveSegment(ctx, id);
  await expect(restoreSegment(as(ctx, "auditor"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(restoreSegment(other, id)).rejects.toMatchObject({ code: "not-found" });
});
