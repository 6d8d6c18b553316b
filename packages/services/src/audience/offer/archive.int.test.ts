import { SellerId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aDraft } from "../../../testing/campaigns.ts";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { saveCampaign } from "../campaign/save.ts";
import { type RootContext, type ServiceContext, inTransaction } from "../../platform/context.ts";
import { archiveOffer, restoreOffer } from "./archive.ts";
import { listOffers } from "./list.ts";
import { saveOffer } from "./save.ts";
import { aScene, buyers } from "../../../testing/segment-scene.ts";
import { archiveSegment, restoreSegment } from "../segment/archive.ts";
import { saveSegment } from "../segment/save.ts";

async function findSellerId({ organizationId }: RootContext) {
  const { id } = await db.prisma.seller.findFirstOrThrow({ where: { organizationId } });
  return SellerId.parse(id);
}

it("archives an offer, once", async () => {
  const ctx = await aContext();
  const { id: offerId } = await saveOffer(ctx, anOffer());
  await archiveOffer(as(ctx, "marketer"), { offerId });
  expect(await listOffers(ctx)).toEqual([]);
  await expect(archiveOffer(ctx, { offerId })).rejects.toMatchObject({ code: "not-found" });
});

it("does not archive an offer that a campaign makes", async () => {
  const { ctx, offerId } = await aDraft();
  await expect(archiveOffer(ctx, { offerId })).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "offer.in-use" },
  });
});

/**
 * Creates an offer of no campaign and a plan that uses it. `second` returns the result of the second of two
 * concurrent verbs.
 */
async function unused() {
  const { ctx, marketer, plan } = await aDraft();
  const { id: offerId } = await saveOffer(ctx, anOffer({ name: "Another" }));
  const save = (by: ServiceContext = marketer) =>
    saveCampaign(by, { ...plan, key: "summer", offerIds: [offerId] });
  const archive = (by: ServiceContext = ctx) => archiveOffer(by, { offerId });
  const second = async (
    one: (ctx: ServiceContext) => Promise<unknown>,
    other: () => Promise<unknown>,
  ) => {
    const work = async (first: ServiceContext) => {
      await one(first);
      const done = Promise.allSettled([other()]);
      await waitForLockWaiter();
      return { done };
    };
    const [outcome] = await (await inTransaction(ctx, work, { timeoutMs: 30_000 })).done;
    return outcome;
  };
  return { save, archive, second };
}

it("does not archive one while a campaign is being saved with it", async () => {
  const { save, archive, second } = await unused();
  const explanation = { key: "offer.in-use" };
  expect(await second(save, archive)).toMatchObject({ reason: { code: "conflict", explanation } });
});

it("cannot be chosen for a campaign while it is being archived", async () => {
  const { save, archive, second } = await unused();
  const explanation = { key: "offer.not-found" };
  expect(await second(archive, save)).toMatchObject({ reason: { code: "not-found", explanation } });
});

it("does not name a campaign of a seller that is not the member's", async () => {
  const { ctx, offerId } = await aDraft();
  const [acme, bank] = [await findSellerId(ctx), await aSeller(db, ctx.organizationId, "bank")];
  const archivedBy = (sellerId: SellerId) => {
    const actor = { type: "member", id: "mo", role: "marketer", sellerIds: [sellerId] } as const;
    return archiveOffer({ ...ctx, actor }, { offerId });
  };
  const explanation = { key: "offer.in-use-elsewhere" };
  await expect(archivedBy(bank)).rejects.toMatchObject({ code: "conflict", explanation });
  await expect(archivedBy(acme)).rejects.toMatchObject({
    explanation: { key: "offer.in-use", values: { name: "Spring loans" } },
  });
});

it("finds nothing of another organization, and refuses auditors", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id: offerId } = await saveOffer(other, anOffer());
  await expect(archiveOffer(ctx, { offerId })).rejects.toMatchObject({ code: "not-found" });
  await expect(archiveOffer(as(other, "auditor"), { offerId })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("restores an offer so that it can be chosen again", async () => {
  const ctx = await aContext();
  const { id: offerId } = await saveOffer(ctx, anOffer({ name: "Loan" }));
  await expect(restoreOffer(ctx, { offerId })).rejects.toMatchObject({
    explanation: { key: "offer.not-archived" },
  });
  await archiveOffer(ctx, { offerId });
  await expect(saveOffer(ctx, anOffer({ name: "Loan" }))).rejects.toMatchObject({
    explanation: { key: "offer.name-archived" },
  });
  await restoreOffer(as(ctx, "marketer"), { offerId });
  expect(await listOffers(ctx)).toMatchObject([{ id: offerId, name: "Loan" }]);
});

it("does not restore an offer whose eligibility segment is still archived", async () => {
  const ctx = await aScene();
  const { id } = await saveSegment(ctx, { name: "Buyers", rule: buyers });
  const { id: offerId } = await saveOffer(ctx, anOffer({ eligibility: id }));
  await archiveOffer(ctx, { offerId });
  await archiveSegment(ctx, id);
  await expect(restoreOffer(ctx, { offerId })).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "offer.eligibility-archived", values: { name: "Buyers" } },
  });
  await restoreSegment(ctx, id);
  await restoreOffer(ctx, { offerId });
  expect(await listOffers(ctx)).toHaveLength(1);
});

it("refuses auditors, and restores nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id: offerId } = await saveOffer(other, anOffer());
  await archiveOffer(other, { offerId });
  await expect(restoreOffer(ctx, { offerId })).rejects.toMatchObject({ code: "not-found" });
  await expect(restoreOffer(as(other, "auditor"), { offerId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
