import { expect, it } from "vitest";
import { anOffer } from "../../../testing/offers.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { everybody } from "../../../testing/waterfall-scene.ts";
import { saveSegment } from "../segment/save.ts";
import { listOffers } from "./list.ts";
import { saveOffer } from "./save.ts";

it("saves an offer with all its fields, and every version", async () => {
  const ctx = as(await aContext(), "marketer");
  const { id: eligibility } = await saveSegment(ctx, { name: "All", rule: everybody });
  const offer = anOffer({ eligibility });
  const { id, version } = await saveOffer(ctx, offer);
  const scripts = { en: "Hello! Tell me to stop, and we never call you again." };
  await saveOffer(ctx, { ...offer, offer: { id, version }, scripts });

  const { purpose, name } = offer;
  expect(await listOffers(ctx)).toEqual([
    { id, name, version: 2, purpose, eligibility, priority: 50, eligibilityName: "All", scripts },
  ]);
  const { organizationId } = ctx;
  expect(
    await db.prisma.offerVersion.findMany({
      where: { organizationId },
      orderBy: { number: "asc" },
    }),
  ).toMatchObject([{ scripts: offer.scripts }, { scripts, actor: { type: "member", id: "bob" } }]);
  expect(
    await db.prisma.auditEntry.findMany({ where: { organizationId, action: "offer.change" } }),
  ).toMatchObject([{ details: { offerId: id, version: 1 } }, { details: { version: 2 } }]);
});

it("rejects a script in any language that does not state the right to refuse", async () => {
  const ctx = await aContext();
  const { scripts } = anOffer();
  await expect(
    saveOffer(ctx, anOffer({ scripts: { ...scripts, ru: "Мы звоним с предложением." } })),
  ).rejects.toMatchObject({
    code: "invalid",
    path: "/scripts/ru",
    explanation: { key: "offer.right-missing" },
  });
  expect(await listOffers(ctx)).toEqual([]);
});

it("does not overwrite a concurrent change, and rejects a name that is taken", async () => {
  const ctx = await aContext();
  const offer = anOffer();
  const { id, version } = await saveOffer(ctx, offer);
  const again = { ...offer, offer: { id, version } };
  const outcomes = await Promise.allSettled([saveOffer(ctx, again), saveOffer(ctx, again)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await expect(saveOffer(ctx, offer)).rejects.toMatchObject({
    explanation: { key: "offer.name-taken" },
  });
});

it("requires an existing purpose and segment, not those of another organization", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const { id: eligibility } = await saveSegment(other, { name: "All", rule: everybody });
  await expect(saveOffer(ctx, anOffer({ eligibility }))).rejects.toMatchObject({
    code: "not-found",
  });
  await expect(saveOffer(ctx, anOffer({ purpose: "marketing.cars" }))).rejects.toMatchObject({
    path: "/purpose",
  });
  const { id, version } = await saveOffer(other, anOffer());
  await expect(saveOffer(ctx, anOffer({ offer: { id, version } }))).rejects.toMatchObject({
    code: "not-found",
  });
});

it("refuses agents", async () => {
  await expect(saveOffer(as(await aContext(), "agent"), anOffer())).rejects.toMatchObject({
    code: "forbidden",
  });
});
