import { PurposeKey } from "@ringfence/core/account/purpose";
import { SellerId } from "@ringfence/core/ids";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aRunningCampaign, asDialer } from "../../../testing/campaigns.ts";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { asRefresher } from "../../../testing/segment-scene.ts";
import { toContactId } from "../../../testing/waterfall-scene.ts";
import { recordCalls } from "../../calling/call/record.ts";
import type { RootContext } from "../../platform/context.ts";
import { setThreshold } from "../relevance/threshold.ts";
import { refreshSegment } from "../segment/refresh.ts";
import { saveSegment } from "../segment/save.ts";
import { matchOffers } from "./match.ts";
import { saveOffer } from "./save.ts";
import { recordOptOut } from "../../do-not-call/opt-out/index.ts";

/**
 * Creates three offers: a loan that a campaign made to Ada, a card, and one that nobody is eligible for.
 * Ada may be called.
 */
async function threeOffers() {
  const scene = await aRunningCampaign();
  const { ctx, marketer, ada, offerId } = scene;
  const nobody = await saveSegment(ctx, { name: "Nobody", rule: { is: "any", of: [] } });
  await refreshSegment(asRefresher(ctx), nobody.id);
  const marketing = PurposeKey.parse("marketing");
  const save = (name: string, more = {}) =>
    saveOffer(marketer, anOffer({ name, purpose: marketing, ...more }));
  const card = await save("A card", { priority: 10 });
  await save("For nobody", { eligibility: nobody.id, priority: 99 });
  await save("A survey", { purpose: PurposeKey.parse("survey") });
  const match = async (by: RootContext = marketer) => {
    const asked = { contactId: toContactId(ada), seller: "acme", locale: "en" } as const;
    const { sellers, ...how } = await matchOffers(by, asked);
    return { ...how, offers: sellers[0]?.offers ?? [] };
  };
  const names = async () =>
    (await match()).offers.map(({ name, standing }) => `${name}: ${standing}`);
  return { ...scene, card, loanId: offerId, match, names };
}

it("sorts the offers that may be made now by fit, and says why others may not", async () => {
  const { ctx, ada, offer, names, match } = await threeOffers();
  const others = ["A survey: no-call", "For nobody: not-for-them"];
  expect(await names()).toEqual([`${offer.name}: open`, "A card: open", ...others]);
  expect(await match()).toMatchObject({ isProfiled: true, isLearned: false });

  // She refuses the loan.
  const at = new Date(Date.now() - 4 * 86_400_000).toISOString();
  const row = { phone: ada.phone, purpose: "marketing", campaign: "spring", at };
  await recordCalls(asDialer(ctx), { rows: [{ ...row, outcome: "refused" }] });
  expect(await names()).toEqual(["A card: open", `${offer.name}: open`, ...others]);
  const [card, loan] = (await match()).offers;
  expect(card?.chance).toBeGreaterThan(loan?.chance ?? 1);
  expect(loan?.drivers.join()).toContain("refused this offer before: much less likely");
  expect(card?.drivers.join()).not.toContain("this offer");
});

it("shows which offers a threshold holds back", async () => {
  const { ctx, loanId, offer, names } = await threeOffers();
  await setThreshold(ctx, { offerId: loanId, threshold: 1 });
  expect((await names()).slice(0, 2)).toEqual(["A card: open", `${offer.name}: held-back`]);
});

it("sorts by priority for people who opted out of profiling, without a score", async () => {
  const { ctx, ada, offer, card, names, match } = await threeOffers();
  await recordOptOut(ctx, { phone: ada.phone, channel: "web", scope: { profiling: true } });
  await setThreshold(ctx, { threshold: 1 });
  expect((await names()).slice(0, 2)).toEqual([`${offer.name}: open`, "A card: open"]);
  expect(await match()).toMatchObject({ isProfiled: false });
  expect((await match()).offers.map(({ chance, drivers }) => [chance, drivers])).toEqual(
    Array.from({ length: 4 }, () => [null, []]),
  );
  expect(card.version).toBe(1);
});

it("screens for the member's own sellers, and audits each look", async () => {
  const { ctx, ada, match } = await threeOffers();
  const sellerId = SellerId.parse(await aSeller(db, ctx.organizationId, "bank"));
  const limited: RootContext = {
    ...ctx,
    actor: { type: "member", id: "cy", role: "marketer", sellerIds: [sellerId] },
  };
  await expect(match(limited)).rejects.toMatchObject({ code: "forbidden" });
  const asked = { contactId: toContactId(ada), locale: "en" } as const;
  const { sellers } = await matchOffers(limited, asked);
  expect(sellers.map(({ seller }) => seller.key)).toEqual(["bank"]);
  expect((await matchOffers(ctx, asked)).sellers).toHaveLength(2);
  const { organizationId } = ctx;
  expect(
    await db.prisma.auditEntry.count({ where: { organizationId, action: "offer.read" } }),
  ).toBe(2);
});

it("refuses agents, and matches nobody of another organization", async () => {
  const { ctx, ada, match } = await threeOffers();
  await expect(match(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
  const asked = { contactId: toContactId(ada), locale: "en" } as const;
  await expect(matchOffers(await aContext(), asked)).rejects.toMatchObject({ code: "not-found" });
});
