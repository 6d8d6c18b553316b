import { aSeller } from "@ringfence/db/testing";
import { EndStep, countEndSteps } from "@ringfence/core/audience/segment";
import { expect, it } from "vitest";
import { random } from "../../../testing/random.ts";
import { addRandomFacts } from "../../../testing/random-facts.ts";
import { somePhones } from "../../../testing/random-phones.ts";
import { addRandomRegistries } from "../../../testing/random-registries.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { screenManyPeople, screenFewPeople } from "./screen-people.ts";

/** An organization that knows much of many phones, some of which people share, and some were erased. */
async function scene(seed: number) {
  const chosen = random(seed);
  const ctx = await aContext();
  const { organizationId } = ctx;
  const at = new Date(Date.now() - 60_000);
  const sellers = [await aSeller(db, organizationId), await aSeller(db, organizationId, "other")];
  const phones = somePhones(400, chosen);
  await addRandomFacts({ ctx, at, isPast: false, sellers }, phones, chosen);
  await addRandomRegistries(ctx, { phones, at, isPast: false }, chosen);
  const contacts = await db.prisma.contact.findMany({
    where: { organizationId },
    select: { ordinal: true },
  });
  return { ctx, ordinals: contacts.map(({ ordinal }) => ordinal) };
}

it("finds the same for many people as one by one", async () => {
  const met = new Set<EndStep>();
  for (const seed of [1, 2, 3, 4]) {
    const { ctx, ordinals } = await scene(seed);
    const call = { seller: "acme", purpose: "marketing.loans" };
    const [many, some] = [
      await screenManyPeople(ctx, call, ordinals),
      await screenFewPeople(ctx, call, ordinals),
    ];
    expect(ordinals.length).toBeGreaterThan(50);
    expect(many.places).toEqual(some.places);
    expect(many.call).toEqual(some.call);
    for (const place of EndStep.options) if (countEndSteps(many.places)[place] > 0) met.add(place);
  }
  expect(met.size).toBeGreaterThan(4);
});

it("has no number for people who do not exist, or belong to another organization", async () => {
  const { ordinals } = await scene(5);
  const other = await aContext();
  const nowhere = ordinals.map(() => "number");
  expect((await screenManyPeople(other, {}, ordinals)).places).toEqual(nowhere);
  expect((await screenFewPeople(other, {}, ordinals)).places).toEqual(nowhere);
});
