import { expect, it } from "vitest";
import { anEmergency, eased, emergency, ruleId } from "../../../testing/rule-scene.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { addClosedDay, endClosedDay } from "./closed-days.ts";
import { easeRule, restoreRule } from "./ease-rule.ts";
import { endEmergency } from "./emergencies.ts";
import { listRuleDecisions } from "./list-rule-decisions.ts";

it("lists decisions with author, reason, beginning and end", async () => {
  const { ctx, id } = await anEmergency();
  await easeRule(ctx, eased);
  await restoreRule(ctx, { ruleId });
  await easeRule(ctx, { ...eased, reason: "Counsel read it once more." });
  await endEmergency(ctx, { id });
  const day = {
    region: null,
    first: "2030-03-05",
    last: "2030-03-06",
    reason: "Proclaimed today.",
  };
  const closed = await addClosedDay(ctx, { jurisdiction: "US-LA", ...day });
  await endClosedDay(ctx, { id: closed.id });

  const over = expect.any(Date);
  expect(await listRuleDecisions(ctx)).toMatchObject([
    { kind: "closed-day", jurisdiction: "US-LA", ...day, by: "Ada", until: over },
    { kind: "eased", ruleId, by: "Ada", reason: "Counsel read it once more.", until: null },
    { kind: "eased", ruleId, by: "Ada", reason: eased.reason, until: over, endedBy: "Ada" },
    { kind: "emergency", jurisdiction: "US-NY", reason: emergency.reason, until: over },
  ]);
});

it("lists what is in force, however many later decisions are over", async () => {
  const { ctx } = await anEmergency();
  const closed = { jurisdiction: "US-LA", region: null, reason: "Proclaimed today." } as const;
  await addClosedDay(ctx, { ...closed, first: "2030-03-05", last: "2030-03-06" });
  const { organizationId } = ctx;
  const memberId = organizationId;
  const at = new Date(Date.now() + 60_000);
  const over = { organizationId, memberId, from: at, reason: "Past." };
  const days = { firstDay: new Date("2026-01-01"), lastDay: new Date("2026-01-01") };
  await db.prisma.emergency.createMany({
    data: Array.from({ length: 100 }, () => ({ ...over, jurisdiction: "US-LA", until: at })),
  });
  await db.prisma.closedDay.createMany({
    data: Array.from({ length: 100 }, () => ({ ...over, jurisdiction: "US-LA", ...days })),
  });

  const decisions = await listRuleDecisions(ctx);
  expect(decisions).toHaveLength(202);
  expect(decisions.filter(({ reason }) => reason !== "Past.")).toMatchObject([
    { kind: "closed-day", first: "2030-03-05" },
    { kind: "emergency", jurisdiction: "US-NY", until: null },
  ]);
});

it("shows no decisions of another organization, and only members may see it", async () => {
  const { ctx } = await anEmergency();
  await easeRule(ctx, eased);
  expect(await listRuleDecisions(await aContext())).toEqual([]);
  const actor = { type: "key", id: "dialer", scopes: ["screen" as const] } as const;
  await expect(listRuleDecisions({ ...ctx, actor })).rejects.toMatchObject({ code: "forbidden" });
});
