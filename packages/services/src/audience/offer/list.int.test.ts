import { expect, it } from "vitest";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { twoSellers } from "../../../testing/segment-scene.ts";
import { saveSegment } from "../segment/save.ts";
import { listOffers, readOffer } from "./list.ts";
import { saveOffer } from "./save.ts";
import { archiveOffer } from "./archive.ts";

it("lists offers by name", async () => {
  const ctx = await aContext();
  await saveOffer(ctx, anOffer({ name: "Winter" }));
  await saveOffer(ctx, anOffer({ name: "Autumn" }));
  expect((await listOffers(as(ctx, "auditor"))).map(({ name }) => name)).toEqual([
    "Autumn",
    "Winter",
  ]);
  await expect(listOffers(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

it("lists nothing of another organization", async () => {
  await saveOffer(await aContext(), anOffer());
  expect(await listOffers(await aContext())).toEqual([]);
});

it("does not name a segment that asks about consents to another seller", async () => {
  const ctx = await aContext();
  const { mine, theirs, marketer } = await twoSellers(ctx);
  for (const [name, rule] of Object.entries({ mine, theirs })) {
    const { id: eligibility } = await saveSegment(ctx, { name: `Said yes to ${name}`, rule });
    await saveOffer(ctx, anOffer({ name, eligibility }));
  }
  expect((await listOffers(marketer)).map(({ eligibilityName }) => eligibilityName)).toEqual([
    "Said yes to mine",
    null,
  ]);
});

it("reads the current version of an offer, and who archived an archived one", async () => {
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

it("refuses agents, and reads nothing of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id: offerId } = await saveOffer(other, anOffer());
  await expect(readOffer(ctx, { offerId })).rejects.toMatchObject({ code: "not-found" });
  await expect(readOffer(as(other, "agent"), { offerId })).rejects.toMatchObject({
    code: "forbidden",
  });
});
