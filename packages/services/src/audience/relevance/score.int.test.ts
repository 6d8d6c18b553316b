import { SellerId } from "@ringfence/core/ids";
import { expect, it } from "vitest";
import {
  asTrainer,
  boughtLately,
  byCity,
  calledOrganization,
  loadContact,
} from "../../../testing/relevance-scene.ts";
import { insertCorrection } from "../../../testing/corrections.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { explainScore, findHeldBack } from "./score.ts";
import { setThreshold } from "./threshold.ts";
import { trainRelevance } from "./train.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";

const told = async (ctx: RootContext, externalId: string) => {
  const { ordinal } = await loadContact(ctx, externalId);
  return (await inTransaction(ctx, (ctx) => explainScore(ctx, ordinal, "en"))).score;
};

it("scores with the model in force, and names the drivers", async () => {
  const { ctx } = await calledOrganization(byCity);
  await trainRelevance(asTrainer(ctx));
  const omsk = await told(ctx, "c0");
  expect(omsk?.chance).toBeGreaterThan(0.6);
  expect(omsk).toMatchObject({
    isLearned: true,
    drivers: [expect.stringMatching(/^city is Omsk/)],
  });
  expect((await told(ctx, "c1"))?.chance).toBeLessThan(0.25);
});

it("scores with the documented weights if there is no model", async () => {
  const { ctx } = await calledOrganization(byCity, 3);
  const before = (await told(ctx, "c1"))?.chance ?? 0;
  await boughtLately(ctx, "c1");
  const after = await told(ctx, "c1");
  expect(after?.chance).toBeGreaterThan(before);
  expect(after?.drivers.join()).toContain("1 purchase in a year");
});

it("holds back people below the threshold", async () => {
  const { ctx } = await calledOrganization(byCity);
  await trainRelevance(asTrainer(ctx));
  await setThreshold(ctx, { threshold: 0.4 });
  const contacts = await db.prisma.contact.findMany({
    where: { organizationId: ctx.organizationId },
    select: { ordinal: true },
  });
  const held = await findHeldBack(
    ctx,
    contacts.map(({ ordinal }) => ordinal),
  );
  expect(held.size).toBe(400);
  expect(await told(ctx, "c0")).toMatchObject({ isBelow: false });
  expect(await told(ctx, "c1")).toMatchObject({ isBelow: true });
});

it("has no score for people who opted out of profiling, and does not hold them back", async () => {
  const { ctx, getPhone } = await calledOrganization(byCity, 3);
  await setThreshold(ctx, { threshold: 1 });
  await recordOptOut(ctx, { phone: getPhone(1), channel: "web", scope: { profiling: true } });
  expect(await told(ctx, "c1")).toBeNull();
  const { ordinal } = await loadContact(ctx, "c1");
  expect([...(await findHeldBack(ctx, [ordinal]))]).toEqual([]);

  const { organizationId } = ctx;
  const { id } = await db.prisma.optOut.findFirstOrThrow({ where: { organizationId } });
  await insertCorrection(organizationId, id); // without a MAC, as an intruder would
  expect(await told(ctx, "c1")).toBeNull();
});

it("hides the results of other sellers' calls", async () => {
  const { ctx } = await calledOrganization(byCity, 3);
  await boughtLately(ctx, "c1");
  const limited: RootContext = {
    ...ctx,
    actor: {
      type: "member",
      id: "cy",
      role: "marketer",
      sellerIds: [SellerId.parse("0195a000-0000-7000-8000-000000000001")],
    },
  };
  expect((await told(ctx, "c1"))?.drivers.join()).toContain("accepted the last offer");
  const drivers = (await told(limited, "c1"))?.drivers.join();
  expect(drivers).toContain("1 purchase in a year");
  expect(drivers).not.toMatch(/offer|called/);
});

it("has no score for a contact of another organization", async () => {
  const { ctx } = await calledOrganization(byCity, 3);
  const { ordinal } = await loadContact(ctx, "c1");
  const other = as(await aContext(), "marketer");
  const { score } = await inTransaction(other, (ctx) => explainScore(ctx, ordinal, "en"));
  expect(score).toBeNull();
});
