import { expect, it } from "vitest";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { aScene, buyers } from "../../../testing/segment-scene.ts";
import { archiveSegment } from "../segment/archive-segment.ts";
import { restoreSegment } from "../segment/restore-segment.ts";
import { saveSegment } from "../segment/save-segment.ts";
import { archiveOffer } from "./archive-offer.ts";
import { listOffers } from "./list-offers.ts";
import { restoreOffer } from "./restore-offer.ts";
import { saveOffer } from "./save-offer.ts";

it("brings an offer back to where it can be chosen", async () => {
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

it("restores no offer whose eligibility segment is still archived", async () => {
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

it("is no auditor's, and restores nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id: offerId } = await saveOffer(other, anOffer());
  await archiveOffer(other, { offerId });
  await expect(restoreOffer(ctx, { offerId })).rejects.toMatchObject({ code: "not-found" });
  await expect(restoreOffer(as(other, "auditor"), { offerId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
