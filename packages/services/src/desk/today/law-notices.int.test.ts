import { expect, it } from "vitest";
import { aRuleLike, inDays, keepRule } from "../../../testing/kept-law.ts";
import { aMember } from "../../../testing/members.ts";
import { as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { listUpcomingChanges } from "../../people/jurisdiction/index.ts";
import { dismissLawNotice, listLawNotices } from "./law-notices.ts";

const rule_id = "US-TX.test.hours";

/** Creates an officer whose organization has contacts in Texas and keeps a rule that begins there in some days. */
async function scene(days: number, counts: Record<string, number> = { "US-TX": 3 }) {
  const { ctx } = await aMember();
  const { organizationId } = ctx;
  await keepRule(ctx, "US-TX", aRuleLike("US-TX.hours", { rule_id, effective_from: inDays(days) }));
  await db.prisma.contactCount.create({
    data: { organizationId, counts, newest: 0, countedAt: new Date() },
  });
  return { ctx, key: `begins ${rule_id} ${inDays(days)} former` };
}

const notices = async (ctx: RootContext) =>
  (await listLawNotices(ctx)).filter(({ change }) => change.key.includes(rule_id));

it.each([
  [90, 90],
  [31, 90],
  [30, 30],
  [8, 30],
  [7, 7],
  [0, 7],
])("notifies officers %s days before a change, at stage %s", async (days, stage) => {
  const { ctx, key } = await scene(days);
  expect(await notices(ctx)).toMatchObject([
    { stage, days, change: { key, jurisdiction: "US-TX", law: "former" } },
  ]);
});

it("does not notify about changes further away, or in places that the organization does not call", async () => {
  expect(await notices((await scene(91)).ctx)).toEqual([]);
  expect(await notices((await scene(20, { "US-FL": 3 })).ctx)).toEqual([]);
});

it("includes a place that was called recently, even without contacts there", async () => {
  const { ctx } = await scene(20, {});
  expect(await notices(ctx)).toEqual([]);
  await db.prisma.screening.create({
    data: {
      organizationId: ctx.organizationId,
      sellerId: ctx.organizationId,
      purpose: "marketing",
      dialer: "live_agent",
      at: new Date(),
      verdict: "allow",
      refusals: [],
      warnings: [],
      checked: { jurisdictions: ["US-TX"] },
      actor: {},
    },
  });
  expect(await notices(ctx)).toHaveLength(1);
});

it("shows notices to owners and officers only", async () => {
  const { ctx } = await scene(20);
  expect(await notices(as(ctx, "owner"))).toHaveLength(1);
  expect(await notices(as(ctx, "auditor"))).toEqual([]);
});

it("hides a dismissed notice from that officer until the next stage", async () => {
  const { ctx, key } = await scene(20);
  const other = await aMember({ of: { ctx } });
  await expect(dismissLawNotice(ctx, { change: key, stage: 7 })).rejects.toMatchObject({
    code: "conflict",
  });
  await dismissLawNotice(ctx, { change: key, stage: 30 });
  await dismissLawNotice(ctx, { change: key, stage: 30 });
  expect(await notices(ctx)).toEqual([]);
  expect(await notices(other.ctx)).toHaveLength(1);

  // A notice dismissed 90 days before the change comes back 30 days before.
  await db.prisma.lawNoticeDismissal.updateMany({
    where: { organizationId: ctx.organizationId },
    data: { stage: 90 },
  });
  expect(await notices(ctx)).toHaveLength(1);
});

it("lists changes in this organization's former law, and none from another organization's", async () => {
  const keys = async (ctx: RootContext) =>
    (await listUpcomingChanges(ctx)).changes.map(({ key }) => key);
  const { ctx, key } = await scene(200);
  expect(await keys(ctx)).toContain(key);
  expect(await keys((await aMember()).ctx)).not.toContain(key);
});
