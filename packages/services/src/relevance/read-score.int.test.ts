import { expect, it } from "vitest";
import {
  asTrainer,
  boughtLately,
  byCity,
  calledOrganization,
  contactOf,
} from "../../testing/relevance-scene.ts";
import { aContext, as, db } from "../../testing/scenes.ts";
import { inTransaction } from "../context.ts";
import { optOut } from "../opt-out/opt-out.ts";
import { readScore } from "./read-score.ts";
import { scorePeople } from "./score-people.ts";
import { setThreshold } from "./set-threshold.ts";
import { trainRelevance } from "./train-relevance.ts";

it("scores by the model in force, and says by what", async () => {
  const { ctx } = await calledOrganization(byCity);
  await trainRelevance(asTrainer(ctx));
  const [omsk, tver] = [await contactOf(ctx, "c0"), await contactOf(ctx, "c1")];
  const score = await readScore(as(ctx, "marketer"), omsk.id);
  expect(score?.chance).toBeGreaterThan(0.6);
  expect(score?.drivers[0]?.traits).toEqual(["attribute.city"]);
  expect((await readScore(ctx, tver.id))?.chance).toBeLessThan(0.25);

  const { organizationId } = ctx;
  const looks = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "relevance.read" },
  });
  expect(looks.map(({ details }) => details)).toEqual([
    { contactId: omsk.id },
    { contactId: tver.id },
  ]);
});

it("scores by documented weights where there is no model", async () => {
  const { ctx } = await calledOrganization(byCity, 3);
  const person = await contactOf(ctx, "c1");
  const before = (await readScore(ctx, person.id))?.chance ?? 0;
  await boughtLately(ctx, "c1");
  const after = await readScore(ctx, person.id);
  expect(after?.chance).toBeGreaterThan(before);
  expect(after?.drivers.map(({ traits }) => traits[0])).toContain("purchases-365-days");
});

it("holds back whoever is below the threshold, but for the hold-out group", async () => {
  const { ctx } = await calledOrganization(byCity);
  await trainRelevance(asTrainer(ctx));
  await setThreshold(ctx, { threshold: 0.4 });
  const contacts = await db.prisma.contact.findMany({
    where: { organizationId: ctx.organizationId },
    select: { ordinal: true, attributes: true },
  });
  const ordinals = contacts.map(({ ordinal }) => ordinal);
  const scores = await inTransaction(ctx, (ctx) => scorePeople(ctx, ordinals));
  const below = [...scores.values()].filter(({ chance }) => chance < 0.4);
  expect(below).toHaveLength(400);
  expect(below.every((score) => score.isHeldBack !== score.isHeldOut)).toBe(true);
  // 5 % of 600; of all organizations that a test may be, fewer than one in a million is outside this.
  const heldOut = [...scores.values()].filter(({ isHeldOut }) => isHeldOut).length;
  expect(heldOut).toBeGreaterThan(6);
  expect(heldOut).toBeLessThan(62);
  const again = await inTransaction(ctx, (ctx) => scorePeople(ctx, ordinals));
  expect(again).toEqual(scores);
});

it("has no score of who refused profiling, and does not hold them back", async () => {
  const { ctx, phoneOf } = await calledOrganization(byCity, 3);
  await setThreshold(ctx, { threshold: 1 });
  const person = await contactOf(ctx, "c1");
  await optOut(ctx, { phone: phoneOf(1), channel: "web", scope: { profiling: true } });
  expect(await readScore(ctx, person.id)).toBeNull();
  const scores = await inTransaction(ctx, (ctx) => scorePeople(ctx, [person.ordinal]));
  expect(scores.size).toBe(0);
});

it("is no agent's, and has no score of a contact of another organization", async () => {
  const { ctx } = await calledOrganization(byCity, 3);
  const { id } = await contactOf(ctx, "c1");
  await expect(readScore(as(ctx, "agent"), id)).rejects.toMatchObject({ code: "forbidden" });
  await expect(readScore(await aContext(), id)).rejects.toMatchObject({ code: "not-found" });
});
