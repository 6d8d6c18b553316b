import { expect, it } from "vitest";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as } from "../../../testing/scenes.ts";
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
