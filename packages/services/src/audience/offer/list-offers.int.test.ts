import { expect, it } from "vitest";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { twoSellers } from "../../../testing/segment-scene.ts";
import { saveSegment } from "../segment/save-segment.ts";
import { listOffers } from "./list-offers.ts";
import { saveOffer } from "./save-offer.ts";

it("lists offers by name, to who may read them", async () => {
  const ctx = await aContext();
  await saveOffer(ctx, anOffer({ name: "Winter" }));
  await saveOffer(ctx, anOffer({ name: "Autumn" }));
  expect((await listOffers(as(ctx, "auditor"))).map(({ name }) => name)).toEqual([
    "Autumn",
    "Winter",
  ]);
  await expect(listOffers(as(ctx, "agent"))).rejects.toMatchObject({ code: "forbidden" });
});

it("lists none of another organization", async () => {
  await saveOffer(await aContext(), anOffer());
  expect(await listOffers(await aContext())).toEqual([]);
});

it("names no segment that asks for consents to another seller", async () => {
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
