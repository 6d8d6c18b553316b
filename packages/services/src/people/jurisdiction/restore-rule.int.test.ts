import { expect, it } from "vitest";
import { anEmergency, eased, recordOf, ruleId } from "../../../testing/rule-scene.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { easeRule } from "./ease-rule.ts";
import { restoreRule } from "./restore-rule.ts";

it("lets a rule refuse again, once, and puts it on record", async () => {
  const { ctx, acts } = await anEmergency();
  await easeRule(ctx, eased);
  await restoreRule(ctx, { ruleId });
  expect(await acts()).toBe("refuses");
  await expect(restoreRule(ctx, { ruleId })).rejects.toMatchObject({ code: "conflict" });
  expect((await recordOf(ctx, "rule.override")).at(-1)).toEqual({ ruleId, change: "refuses" });
});

it("changes nothing for another organization", async () => {
  const { ctx, acts } = await anEmergency();
  await easeRule(ctx, eased);
  await expect(restoreRule(await aContext(), { ruleId })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await acts()).toBe("warns");
});

it("is for owners and officers", async () => {
  const ctx = as(await aContext(), "auditor");
  await expect(restoreRule(ctx, { ruleId })).rejects.toMatchObject({ code: "forbidden" });
});
