import { PurposeKey } from "@ringfence/core/account/purpose";
import { expect, it } from "vitest";
import { aPlan } from "../../../testing/campaign-plan.ts";
import { aRunningCampaign, approve, asDialer, permitsEnd } from "../../../testing/campaigns.ts";
import { anOffer } from "../../../testing/offers.ts";
import { asTrainer, byCity, calledOrganization } from "../../../testing/relevance-scene.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { asRefresher } from "../../../testing/segment-scene.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { loadOffer } from "../offer/offer.ts";
import { saveOffer } from "../offer/save.ts";
import { setThreshold } from "../relevance/threshold.ts";
import { trainRelevance } from "../relevance/train.ts";
import { refreshSegment } from "../segment/refresh.ts";
import { saveSegment } from "../segment/save.ts";
import { recordOptOut } from "../../do-not-call/opt-out/index.ts";
import { chooseOffers } from "./choose-offers.ts";
import { handOverCalls } from "./hand-over.ts";
import { moveCampaign } from "./move.ts";
import { readPreflight } from "./preflight.ts";
import { readResults } from "./results.ts";
import { saveCampaign } from "./save.ts";

const purpose = PurposeKey.parse("marketing");
const script = (what: string) => ({ en: `We have ${what}. You may refuse our calls at any time.` });

/** A campaign of a loan and of a card, of which the card goes first where they fit alike. */
async function aCampaignOfTwo({ isForNamed = false } = {}) {
  const scene = await aRunningCampaign();
  const { ctx, marketer, segmentId } = scene;
  const addOffer = (name: string, priority: number, more = {}) =>
    saveOffer(marketer, anOffer({ name, purpose, priority, scripts: script(name), ...more }));
  const eligibility = isForNamed ? await withoutAda(ctx, scene.ada.contactId) : undefined;
  const loan = await addOffer("a loan", 10);
  const card = await addOffer("a card", 90, eligibility && { eligibility });
  await scene.move("pause");
  const plan = aPlan({ segmentId, offerId: loan.id }, { key: "two", cap: { calls: 9, days: 1 } });
  const { id } = await saveCampaign(marketer, { ...plan, offerIds: [loan.id, card.id] });
  await moveCampaign(marketer, { campaignId: id, act: "submit" });
  await approve(ctx, id);
  await moveCampaign(marketer, { campaignId: id, act: "start" });
  return { ...scene, campaignId: id, loan, card };
}

/** Creates a segment of people whose name is known; Ada's is not. */
async function withoutAda(ctx: RootContext, id: string) {
  const { organizationId } = ctx;
  await db.prisma.contact.updateMany({ where: { organizationId, id }, data: { name: null } });
  const saved = await saveSegment(ctx, {
    name: "Of known name",
    rule: { is: "attribute", field: "@name", test: { test: "present", isPresent: true } },
  });
  await refreshSegment(asRefresher(ctx), saved.id);
  return saved.id;
}

/** Hands over calls and returns the offer and the script for each phone. */
async function handed(ctx: RootContext) {
  const { items } = await handOverCalls(asDialer(ctx), { key: "two", limit: 100 });
  await permitsEnd(ctx);
  return new Map(items.map(({ phone, offer, script }) => [phone, { offer: offer.name, script }]));
}

const said = (ctx: RootContext, phone: string, outcome: string, at = new Date(), name = "two") =>
  recordCalls(asDialer(ctx), {
    rows: [{ phone, purpose: "marketing", campaign: name, at: at.toISOString(), outcome }],
  });

it("makes each person the offer that fits best, with its script, and reports the results of each", async () => {
  const { ctx, ada, bo, campaignId } = await aCampaignOfTwo();
  const before = await handed(ctx);
  // Nothing is known about them: the chances are equal, and priority decides.
  expect(before.get(ada.phone)).toEqual({
    offer: "a card",
    script: "We have a card. You may refuse our calls at any time.",
  });
  expect([...before.values()].map(({ offer }) => offer)).toEqual(["a card", "a card"]);
  const { fit } = await readPreflight(ctx, { campaignId });
  expect(fit).toMatchObject({ people: 6, heldBack: 0, offers: [{ name: "a card", people: 6 }] });

  await said(ctx, ada.phone, "refused");
  const { own, offers } = await readResults(as(ctx, "auditor"), { campaignId });
  expect(own).toMatchObject({ called: 1, refused: { count: 1 } });
  expect(offers).toMatchObject([
    { name: "a loan", own: { called: 0 }, all: { called: 0 } },
    { name: "a card", own: { called: 1, refused: { count: 1 } }, all: { called: 1 } },
  ]);
  // The others were called without a hand-over, so nobody knows what they were offered.
  await said(ctx, bo.phone, "accepted", new Date(), "spring");
  expect((await readResults(ctx, { campaignId })).own.called).toBe(1);
});

it("does not repeat an offer that the person refused", async () => {
  const { ctx, marketer, ada, segmentId, loan, card } = await aCampaignOfTwo();
  expect((await handed(ctx)).get(ada.phone)?.offer).toBe("a card");
  await said(ctx, ada.phone, "refused");
  const again = aPlan({ segmentId, offerId: loan.id }, { key: "again", priority: 90 });
  const { id } = await saveCampaign(marketer, {
    ...again,
    cap: { calls: 9, days: 1 },
    offerIds: [loan.id, card.id],
  });
  await moveCampaign(marketer, { campaignId: id, act: "submit" });
  await approve(ctx, id);
  await moveCampaign(marketer, { campaignId: id, act: "start" });
  const { items } = await handOverCalls(asDialer(ctx), { key: "again", limit: 100 });
  expect(items.find(({ phone }) => phone === ada.phone)?.offer.name).toBe("a loan");
});

it("makes nobody an offer they are not eligible for", async () => {
  const { ctx, ada } = await aCampaignOfTwo({ isForNamed: true });
  const made = await handed(ctx);
  expect([made.get(ada.phone)?.offer, made.size]).toEqual(["a loan", 2]);
  made.delete(ada.phone);
  expect([...made.values()].map(({ offer }) => offer)).toEqual(["a card"]);
});

it("makes people who opted out of profiling the offer with the highest priority, and holds none of them back", async () => {
  const { ctx, ada, loan, card } = await aCampaignOfTwo();
  // She refuses the offer, so it no longer fits her.
  await handed(ctx);
  await said(ctx, ada.phone, "refused");
  await recordOptOut(ctx, { phone: ada.phone, channel: "web", scope: { profiling: true } });
  for (const { id } of [loan, card]) await setThreshold(ctx, { offerId: id, threshold: 1 });
  const { organizationId } = ctx;
  const contact = await db.prisma.contact.findFirstOrThrow({
    where: { organizationId, id: ada.contactId },
  });
  const made = await inTransaction(ctx, async (ctx) =>
    chooseOffers(
      ctx,
      "0195a000-0000-7000-8000-000000000001",
      new Map([[contact.ordinal, [await loadOffer(ctx, loan.id), await loadOffer(ctx, card.id)]]]),
    ),
  );
  expect(made.get(contact.ordinal)).toMatchObject({
    offer: { name: "a card" },
    isBelow: null,
    isHeldBack: false,
  });
});

it("prefers an offer above its threshold to a better one below its own", async () => {
  const { ctx, ada, loan, card, campaignId } = await aCampaignOfTwo();
  const sampled = async () => (await readPreflight(ctx, { campaignId })).sample.length;
  expect(await sampled()).toBe(2);
  await setThreshold(ctx, { offerId: card.id, threshold: 1 });
  expect((await handed(ctx)).get(ada.phone)?.offer).toBe("a loan");
  await setThreshold(ctx, { threshold: 1 });
  const all = await handed(ctx);
  expect(await sampled()).toBe(all.size);
  // Everybody who is called in spite of the threshold is called to measure its effect.
  const where = { organizationId: ctx.organizationId, isBelow: true };
  const kept = await db.prisma.campaignPerson.findMany({ where });
  expect(kept).toHaveLength(all.size);
  await setThreshold(ctx, { offerId: loan.id, threshold: null });
  expect((await handed(ctx)).get(ada.phone)?.offer).toBe("a loan");
});

it("holds back people below the threshold except one in twenty, different ones in each campaign", async () => {
  const { ctx } = await calledOrganization(byCity);
  await trainRelevance(asTrainer(ctx));
  const { id: offerId } = await saveOffer(ctx, anOffer({ purpose }));
  await setThreshold(ctx, { offerId, threshold: 0.4 });
  const contacts = await db.prisma.contact.findMany({
    where: { organizationId: ctx.organizationId },
    select: { ordinal: true },
  });
  const chosen = (campaign: string) =>
    inTransaction(ctx, async (ctx) => {
      const offer = await loadOffer(ctx, offerId);
      return chooseOffers(
        ctx,
        campaign,
        new Map(contacts.map(({ ordinal }) => [ordinal, [offer]])),
      );
    });
  const made = await chosen("spring");
  const below = [...made].filter(([, { isBelow }]) => isBelow === true);
  expect(below).toHaveLength(400);
  expect([...made.values()].filter(({ isBelow }) => isBelow === false)).toHaveLength(200);
  expect([...made.values()].some(({ isBelow, isHeldBack }) => isHeldBack && !isBelow)).toBe(false);
  // 5 % of 400; fewer than one organization in a million has a share outside this.
  const calledIn = (all: typeof made) =>
    [...all].flatMap(([o, { isBelow, isHeldBack }]) => (isBelow === true && !isHeldBack ? o : []));
  expect(calledIn(made).length).toBeGreaterThan(2);
  expect(calledIn(made).length).toBeLessThan(46);
  expect(await chosen("spring")).toEqual(made);
  expect(calledIn(await chosen("autumn"))).not.toEqual(calledIn(made));
});

it("chooses nothing for people of another organization", async () => {
  const { ctx, card } = await aCampaignOfTwo();
  await expect(
    inTransaction(await aContext(), (other) => loadOffer(other, card.id)),
  ).rejects.toMatchObject({ code: "not-found" });
  expect((await handed(ctx)).size).toBe(2);
});
