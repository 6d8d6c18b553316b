import { expect, it } from "vitest";
import { aDraft } from "../../testing/campaigns.ts";
import { anOffer } from "../../testing/offers.ts";
import { aContext, as } from "../../testing/scenes.ts";
import { archiveOffer } from "./archive-offer.ts";
import { listOffers } from "./list-offers.ts";
import { saveOffer } from "./save-offer.ts";

it("puts an offer away, once", async () => {
  const ctx = await aContext();
  const { id: offerId } = await saveOffer(ctx, anOffer());
  await archiveOffer(as(ctx, "marketer"), { offerId });
  expect(await listOffers(ctx)).toEqual([]);
  await expect(archiveOffer(ctx, { offerId })).rejects.toMatchObject({ code: "not-found" });
});

it("keeps one that a campaign makes", async () => {
  const { ctx, offerId } = await aDraft();
  await expect(archiveOffer(ctx, { offerId })).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "offer.in-use" },
  });
});

it("knows nothing of another organization's, and is not for auditors", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id: offerId } = await saveOffer(other, anOffer());
  await expect(archiveOffer(ctx, { offerId })).rejects.toMatchObject({ code: "not-found" });
  await expect(archiveOffer(as(other, "auditor"), { offerId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
