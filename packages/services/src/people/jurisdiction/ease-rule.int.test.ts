import { expect, it } from "vitest";
import { anUnverifiedRule, eased, listAuditDetails, ruleId } from "../../../testing/rule-scene.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import { easeRule, restoreRule } from "./ease-rule.ts";

it("lets an unverified rule warn from the next call on, once, and audits it", async () => {
  const { ctx, acts } = await anUnverifiedRule();
  expect(await acts()).toBe("refuses");
  await easeRule(ctx, eased);
  expect(await acts()).toBe("warns");
  await expect(easeRule(ctx, eased)).rejects.toMatchObject({ code: "conflict" });
  expect(await listAuditDetails(ctx, "rule.override")).toEqual([{ ruleId, change: "warns" }]);
});

it("does not ease a rule that was verified in the law", async () => {
  const { ctx } = await anUnverifiedRule();
  await expect(easeRule(ctx, { ...eased, ruleId: "RU.consent.ads" })).rejects.toMatchObject({
    code: "invalid-field",
    explanation: { key: "jurisdiction.rule-verified" },
  });
});

it("changes nothing for another organization", async () => {
  const another = await anUnverifiedRule();
  await easeRule((await anUnverifiedRule()).ctx, eased);
  expect(await another.acts()).toBe("refuses");
});

it("is for owners and officers", async () => {
  const { ctx } = await anUnverifiedRule();
  await expect(easeRule(as(ctx, "marketer"), eased)).rejects.toMatchObject({ code: "forbidden" });
});

it("lets a rule refuse again, once, and audits it", async () => {
  const { ctx, acts } = await anUnverifiedRule();
  await easeRule(ctx, eased);
  await restoreRule(ctx, { ruleId });
  expect(await acts()).toBe("refuses");
  await expect(restoreRule(ctx, { ruleId })).rejects.toMatchObject({ code: "conflict" });
  expect((await listAuditDetails(ctx, "rule.override")).at(-1)).toEqual({
    ruleId,
    change: "refuses",
  });
});

it("changes nothing for another organization", async () => {
  const { ctx, acts } = await anUnverifiedRule();
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
