import { expect, it } from "vitest";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { archiveOffer } from "./archive-offer.ts";
import { readOffer } from "./read-offer.ts";
import { saveOffer } from "./save-offer.ts";

it("reads an offer by its version in force, and of an archived one who archived it", async () => {
  const ctx = await aContext();
  const offer = await saveOffer(ctx, anOffer({ name: "Loan" }));
  await saveOffer(ctx, { ...anOffer({ name: "Loans" }), offer });
  const offerId = offer.id;
  expect(await readOffer(ctx, { offerId })).toMatchObject({
    name: "Loans",
    version: 2,
    archived: null,
  });
  await archiveOffer(ctx, { offerId });
  expect(await readOffer(as(ctx, "auditor"), { offerId })).toMatchObject({
    name: "Loans",
    archived: { at: expect.any(Date), by: { type: "member" } },
  });
});

it("is not for agents, and reads nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id: offerId } = await saveOffer(other, anOffer());
  await expect(readOffer(ctx, { offerId })).rejects.toMatchObject({ code: "not-found" });
  await expect(readOffer(as(other, "agent"), { offerId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
