import { expect, it } from "vitest";
import { anEmergency, eased, emergency, ruleId } from "../../../testing/rule-scene.ts";
import { aContext } from "../../../testing/scenes.ts";
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

it("shows no decisions of another organization, and only members may see it", async () => {
  const { ctx } = await anEmergency();
  await easeRule(ctx, eased);
  expect(await listRuleDecisions(await aContext())).toEqual([]);
  const actor = { type: "key", id: "dialer", scopes: ["screen" as const] } as const;
  await expect(listRuleDecisions({ ...ctx, actor })).rejects.toMatchObject({ code: "forbidden" });
});
