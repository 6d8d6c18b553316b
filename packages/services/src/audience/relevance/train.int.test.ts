import { expect, it } from "vitest";
import {
  asTrainer,
  byCity,
  byNothing,
  calledOrganization,
} from "../../../testing/relevance-scene.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { readRelevance } from "./overview.ts";
import { loadTrainingCalls, queueDueTrainings, trainRelevance } from "./train.ts";
import { recordCalls } from "../../calling/call/record.ts";
import type { RootContext } from "../../platform/context.ts";
import { recordOptOut } from "../../do-not-call/opt-out/record.ts";

it("uses a model that predicts later calls, and gives religion no weight", async () => {
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

it("keeps the documented weights if a model is no better than chance on later calls", async () => {
  const { ctx } = await calledOrganization(byNothing);
  const trained = await trainRelevance(asTrainer(ctx));
  expect(trained).toEqual({ outcomes: 600, standing: "no-better-than-chance" });
  const { evaluation, drivers } = await readRelevance(ctx);
  expect(evaluation?.interval[0]).toBeLessThan(0.55);
  expect(drivers?.some(({ traits }) => traits[0] === "attribute.city")).toBe(false);
});

it("keeps them if few calls have a result", async () => {
  const { ctx } = await calledOrganization(byCity, 30);
  expect(await trainRelevance(asTrainer(ctx))).toEqual({ outcomes: 30, standing: "few-outcomes" });
});

it("learns from refusals after a call, and nothing from people who opted out of profiling", async () => {
  const { ctx, getPhone } = await calledOrganization(byCity);
  await recordOptOut(ctx, {
    phone: getPhone(599), // among the later calls, on which it is tested
    channel: "agent",
    at: new Date("2026-01-26T00:00:00Z"),
  });
  await recordOptOut(ctx, { phone: getPhone(3), channel: "web", scope: { profiling: true } });
  await trainRelevance(asTrainer(ctx));
  const { outcomes, holding } = await readRelevance(ctx);
  expect(outcomes).toBe(599);
  expect(holding.tested.tradeOffs.some(({ of }) => of.opted_out > 0)).toBe(true);
});

it("keeps every version, and uses the latest", async () => {
  const { ctx } = await calledOrganization(byCity, 30);
  await trainRelevance(asTrainer(ctx));
  await trainRelevance(asTrainer(ctx));
  const where = { organizationId: ctx.organizationId };
  expect(await db.prisma.relevanceModel.count({ where })).toBe(2);
  await expect(db.prisma.relevanceModel.deleteMany({ where })).rejects.toThrow(/append-only/);
});

it("is refused to members, and learns nothing from another organization", async () => {
  const { ctx } = await calledOrganization(byCity, 30);
  await expect(trainRelevance(ctx)).rejects.toMatchObject({ code: "forbidden" });
  expect(await trainRelevance(asTrainer(await aContext()))).toEqual({
    outcomes: 0,
    standing: "few-outcomes",
  });
});

it("loads the latest results, however many people one transaction reads", async () => {
  const { ctx, getPhone } = await calledOrganization(byCity, 40);
  // Called last of all, who was called first: theirs are the first and the last result.
  const again = { phone: getPhone(0), purpose: "marketing", outcome: "refused" };
  await recordCalls(ctx, { rows: [{ ...again, at: "2026-01-20T00:00:00Z" }] });

  const all = await loadTrainingCalls(ctx);
  expect(all).toHaveLength(41);
  expect(all[0]).toMatchObject({ result: "accepted", traits: { "days-since-call": null } });
  expect(all.at(-1)).toMatchObject({ result: "refused", traits: { "days-since-call": 19 } });
  for (const page of [1, 7, 100]) {
    expect(await loadTrainingCalls(ctx, { page, maxCalls: 10 })).toEqual(all.slice(-10));
  }
});

const everyHour = Array.from({ length: 24 }, (_, hour) => hour);

async function isAsked({ organizationId }: RootContext) {
  const { rowCount } = await db.pool.query(
    "DELETE FROM graphile_worker._private_jobs WHERE key = $1",
    [`relevance.train/${organizationId}`],
  );
  return rowCount === 1;
}

it("queues organizations with calls once a night, even if another's zone is unknown", async () => {
  const { ctx } = await calledOrganization(byCity, 3);
  const [idle, lost] = [await aContext(), await calledOrganization(byCity, 3)];
  const { organizationId: id } = lost.ctx;
  await db.prisma.organization.update({ where: { id }, data: { zone: "Mars/Olympus" } });

  const hoursAsked = [];
  for (const hour of everyHour) {
    await queueDueTrainings(db, hour);
    if (await isAsked(ctx)) hoursAsked.push(hour);
  }
  // There are two if the clock has just moved on.
  expect(hoursAsked.length).toBeGreaterThan(0);
  expect(hoursAsked.length).toBeLessThan(3);
  expect(await isAsked(idle)).toBe(false);
  expect(await isAsked(lost.ctx)).toBe(false);

  await trainRelevance(asTrainer(ctx));
  for (const hour of everyHour) await queueDueTrainings(db, hour);
  expect(await isAsked(ctx)).toBe(false);
});
