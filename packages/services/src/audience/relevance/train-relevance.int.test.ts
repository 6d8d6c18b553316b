import { expect, it } from "vitest";
import {
  asTrainer,
  byCity,
  byNothing,
  calledOrganization,
} from "../../../testing/relevance-scene.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { optOut } from "../../do-not-call/opt-out/opt-out.ts";
import { readRelevance } from "./read-relevance.ts";
import { trainRelevance } from "./train-relevance.ts";

it("puts a model in force that tells later calls apart, and weighs no religion", async () => {
  const { ctx } = await calledOrganization(byCity);
  expect(await trainRelevance(asTrainer(ctx))).toEqual({ outcomes: 600, standing: "model" });

  const read = await readRelevance(as(ctx, "marketer"));
  expect(read).toMatchObject({ outcomes: 600, standing: "model", holding: { threshold: null } });
  expect(read.evaluation?.interval[0]).toBeGreaterThan(0.7);
  expect(read.evaluation?.calls).toBe(200);
  expect(read.drivers?.map(({ traits }) => traits)).toEqual([["attribute.city"]]);
  const where = { organizationId: ctx.organizationId };
  const { model } = await db.prisma.relevanceModel.findFirstOrThrow({ where });
  expect(JSON.stringify(model)).not.toContain("religion");
});

it("keeps documented weights in force where a model is no better than chance on later calls", async () => {
  const { ctx } = await calledOrganization(byNothing);
  const trained = await trainRelevance(asTrainer(ctx));
  expect(trained).toEqual({ outcomes: 600, standing: "no-better-than-chance" });
  const { evaluation, drivers } = await readRelevance(ctx);
  expect(evaluation?.interval[0]).toBeLessThan(0.55);
  expect(drivers?.some(({ traits }) => traits[0] === "attribute.city")).toBe(false);
});

it("keeps them where few calls have come to something", async () => {
  const { ctx } = await calledOrganization(byCity, 30);
  expect(await trainRelevance(asTrainer(ctx))).toEqual({ outcomes: 30, standing: "few-outcomes" });
});

it("learns of refusals after a call, and nothing of who refused profiling", async () => {
  const { ctx, phoneOf } = await calledOrganization(byCity);
  await optOut(ctx, {
    phone: phoneOf(599), // among the later calls, on which it is tested
    channel: "agent",
    at: new Date("2026-01-26T00:00:00Z"),
  });
  await optOut(ctx, { phone: phoneOf(3), channel: "web", scope: { profiling: true } });
  await trainRelevance(asTrainer(ctx));
  const { outcomes, holding } = await readRelevance(ctx);
  expect(outcomes).toBe(599);
  expect(holding.tested.tradeOffs.some(({ of }) => of.opted_out > 0)).toBe(true);
});

it("keeps every version, and the latest counts", async () => {
  const { ctx } = await calledOrganization(byCity, 30);
  await trainRelevance(asTrainer(ctx));
  await trainRelevance(asTrainer(ctx));
  const where = { organizationId: ctx.organizationId };
  expect(await db.prisma.relevanceModel.count({ where })).toBe(2);
  await expect(db.prisma.relevanceModel.deleteMany({ where })).rejects.toThrow(/append-only/);
});

it("is the worker's, and learns nothing from another organization", async () => {
  const { ctx } = await calledOrganization(byCity, 30);
  await expect(trainRelevance(ctx)).rejects.toMatchObject({ code: "forbidden" });
  expect(await trainRelevance(asTrainer(await aContext()))).toEqual({
    outcomes: 0,
    standing: "few-outcomes",
  });
});
