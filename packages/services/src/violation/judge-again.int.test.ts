import { expect, it } from "vitest";
import { db } from "../../testing/scenes.ts";
import {
  aCalledPerson,
  allowed,
  called,
  causesOf,
  minutesAfter,
  noon,
  scan,
} from "../../testing/violations.ts";
import { optOut } from "../opt-out/opt-out.ts";
import { closeViolation } from "./close-violation.ts";

it("makes earlier calls violations when a refusal counts from before them", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, noon);
  expect(await scan(ctx)).toEqual([]);

  await optOut(ctx, { phone, channel: "agent", at: minutesAfter(-30) });
  expect(causesOf(await scan(ctx))[0]).toContain("opted-out");
});

it("opens a violation again when graver is learned of its call", async () => {
  const { ctx, phone } = await aCalledPerson();
  await called(ctx, phone, noon);
  const [minor] = await scan(ctx);
  if (!minor) throw new Error("not found");
  await closeViolation(ctx, { violationId: minor.id, reason: "mended", text: "Dialer connected" });

  await optOut(ctx, { phone, channel: "agent", at: minutesAfter(-30) });
  const [grave] = await scan(ctx);
  expect(grave).toMatchObject({ id: minor.id, severity: "grave", closedAt: null });
  const { organizationId } = ctx;
  const where = { organizationId, violationId: minor.id };
  const steps = await db.prisma.violationStep.findMany({ where, orderBy: { id: "asc" } });
  expect(steps.map(({ kind }) => kind)).toEqual(["closed", "found-again"]);
});

it("hears what a code says: an agent who talked past a refusal, and the refusal itself", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  const { organizationId } = ctx;
  await allowed(ctx, who);
  await called(ctx, phone, { at: noon, outcome: "DNC" });

  expect(causesOf(await scan(ctx))).toEqual([["refusal-ignored"]]);
  const refusals = await db.prisma.optOut.findMany({ where: { organizationId } });
  expect(refusals).toMatchObject([
    { phoneId: who.phoneId, scope: "all", channel: "disposition", at: minutesAfter(1 / 60) },
  ]);
});

it("asks a person about a code that only looks like a refusal", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  await allowed(ctx, who);
  await called(ctx, phone, { at: noon, outcome: "CUST_REMOVE" });
  expect(await scan(ctx)).toEqual([]);
  const where = { organizationId: ctx.organizationId };
  expect(await db.prisma.refusalQuestion.findMany({ where })).toMatchObject([
    { phoneId: who.phoneId, text: "CUST_REMOVE" },
  ]);
});

it("finds a campaign that abandons more than three of a hundred in thirty days", async () => {
  const { ctx, phone, ...who } = await aCalledPerson();
  const one = { dialer: "predictive", campaign: "spring" };
  const times = Array.from({ length: 20 }, (_, n) => minutesAfter(n * 10 - 24 * 60));
  for (const at of times) await allowed(ctx, who, at);
  await called(
    ctx,
    phone,
    ...times.map((at, n) => ({ ...one, at, outcome: n === 3 ? "abandoned" : "reached" })),
  );
  const ofCampaign = (await scan(ctx)).filter(({ campaign }) => campaign === "spring");
  expect(ofCampaign).toMatchObject([
    { severity: "serious", call: null, causes: [{ cause: "abandoned-calls", rule: "US.abandon" }] },
  ]);
});
