import { PurposeKey } from "@ringfence/core/account/purpose";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { saveOffer } from "../offer/save.ts";
import { readRelevance } from "./overview.ts";
import { readThreshold, setThreshold } from "./threshold.ts";
import { aRunningCampaign, asDialer } from "../../../testing/campaigns.ts";
import { asTrainer } from "../../../testing/relevance-scene.ts";
import { recordCalls } from "../../calling/call/record.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { trainRelevance } from "./train.ts";

it("applies from when it was set until the next one, and each is recorded", async () => {
  const ctx = as(await aContext(), "marketer");
  await setThreshold(ctx, { threshold: 0.04 });
  expect(await readRelevance(ctx)).toMatchObject({
    holding: { threshold: 0.04 },
    trainedAt: null,
  });
  await setThreshold(ctx, { threshold: null });
  expect(await readRelevance(ctx)).toMatchObject({ holding: { threshold: null } });

  const { organizationId } = ctx;
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "relevance.change" },
    orderBy: { at: "asc" },
  });
  expect(entries.map(({ details }) => details)).toEqual([{ threshold: 0.04 }, { threshold: null }]);
});

it("overrides the general threshold for an offer until it is reset", async () => {
  const ctx = as(await aContext(), "marketer");
  const purpose = PurposeKey.parse("marketing");
  const [loan, card] = [
    await saveOffer(ctx, anOffer({ purpose })),
    await saveOffer(ctx, anOffer({ purpose })),
  ];
  await setThreshold(ctx, { threshold: 0.04 });
  await setThreshold(ctx, { offerId: loan.id, threshold: 0.2 });
  const of = (offer: typeof loan) => readThreshold(ctx, { offerId: offer.id });
  expect(await of(loan)).toMatchObject({ threshold: 0.2, isOwn: true, ofAll: 0.04 });
  expect(await of(card)).toMatchObject({ threshold: 0.04, isOwn: false });

  await setThreshold(ctx, { offerId: loan.id, threshold: null });
  expect(await of(loan)).toMatchObject({ threshold: null, isOwn: true });
  await setThreshold(ctx, { offerId: loan.id, threshold: "of-all" });
  expect(await of(loan)).toMatchObject({ threshold: 0.04, isOwn: false });
  expect(await readRelevance(ctx)).toMatchObject({ holding: { threshold: 0.04 } });
});

it("cannot be set for an offer of another organization", async () => {
  const [ctx, other] = [as(await aContext(), "marketer"), as(await aContext(), "marketer")];
  const { id: offerId } = await saveOffer(
    other,
    anOffer({ purpose: PurposeKey.parse("marketing") }),
  );
  await expect(setThreshold(ctx, { offerId, threshold: 0.2 })).rejects.toMatchObject({
    code: "not-found",
  });
});

it("refuses agents, and does not affect another organization", async () => {
  const ctx = await aContext();
  await expect(setThreshold(as(ctx, "agent"), { threshold: 0.1 })).rejects.toMatchObject({
    code: "forbidden",
  });
  await setThreshold(ctx, { threshold: 0.1 });
  expect(await readRelevance(await aContext())).toMatchObject({ holding: { threshold: null } });
});

it("is refused to members of some sellers, because it applies to all", async () => {
  const ctx = await aContext();
  const sellerIds = [await aSeller(db, ctx.organizationId, "bank")];
  const actor = { type: "member", id: "bob", role: "marketer", sellerIds } as const;
  await expect(setThreshold({ ...ctx, actor }, { threshold: 1 })).rejects.toMatchObject({
    code: "forbidden",
    explanation: { key: "error.all-sellers" },
  });
});

const marketing = PurposeKey.parse("marketing");

const numbers = (count: number, from = 1_000) =>
  Array.from({ length: count }, (_, index) => `+1202556${String(from + index)}`);

it("shows trade-offs from an offer's own calls, or from all if it has few", async () => {
  const { ctx, marketer, offerId } = await aRunningCampaign({ refusalLimit: 0.9 });
  const { id: other } = await saveOffer(marketer, anOffer({ purpose: marketing }));
  // All calls of the campaign among the last third of the 330 are about its only offer.
  const phones = numbers(330);
  await recordContacts(ctx, { rows: phones.map((phone) => ({ phones: [phone] })) });
  await recordCalls(asDialer(ctx), {
    rows: phones.map((phone, index) => ({
      phone,
      purpose: "marketing",
      campaign: index % 40 === 0 ? "inhouse" : "spring",
      at: new Date(Date.UTC(2026, 2, 1, index)).toISOString(),
      outcome: index % 3 === 0 ? "accepted" : "refused",
    })),
  });
  await trainRelevance(asTrainer(ctx));
  const own = await readThreshold(marketer, { offerId });
  expect(own).toMatchObject({ threshold: null, tested: { isOwn: true, calls: 107 } });
  expect(own.tested.tradeOffs.length).toBeGreaterThan(0);
  expect(await readThreshold(marketer, { offerId: other })).toMatchObject({
    tested: { isOwn: false, calls: 110 },
  });
});

it("refuses agents, and reads nothing of an offer of another organization", async () => {
  const ctx = await aContext();
  const { id: offerId } = await saveOffer(as(ctx, "marketer"), anOffer({ purpose: marketing }));
  await expect(readThreshold(as(ctx, "agent"), { offerId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(readThreshold(await aContext(), { offerId })).rejects.toMatchObject({
    code: "not-found",
  });
});
