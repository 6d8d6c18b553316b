import { PurposeKey } from "@ringfence/core/account/purpose";
import { expect, it } from "vitest";
import { aRunningCampaign, asDialer } from "../../../testing/campaigns.ts";
import { anOffer } from "../../../testing/offers.ts";
import { asTrainer } from "../../../testing/relevance-scene.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { recordCalls } from "../../calling/call/record-calls.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import { saveOffer } from "../offer/save-offer.ts";
import { readThreshold } from "./read-threshold.ts";
import { trainRelevance } from "./train-relevance.ts";

const marketing = PurposeKey.parse("marketing");
const numbers = (count: number, from = 1_000) =>
  Array.from({ length: count }, (_, index) => `+1202556${String(from + index)}`);

it("tells of an offer what its own calls say, and of one of few calls what all do", async () => {
  const { ctx, marketer, offerId } = await aRunningCampaign({ refusalLimit: 0.9 });
  const { id: other } = await saveOffer(marketer, anOffer({ purpose: marketing }));
  // Of the later third of 330, all that are of the campaign are about its only offer.
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

it("is no agent's, and tells nothing of an offer of another organization", async () => {
  const ctx = await aContext();
  const { id: offerId } = await saveOffer(as(ctx, "marketer"), anOffer({ purpose: marketing }));
  await expect(readThreshold(as(ctx, "agent"), { offerId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(readThreshold(await aContext(), { offerId })).rejects.toMatchObject({
    code: "not-found",
  });
});
