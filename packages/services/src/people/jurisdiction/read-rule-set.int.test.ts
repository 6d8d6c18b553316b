import { hashRuleSet, ruleSetHash, ruleSetText } from "@ringfence/core/people/jurisdiction";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { keepRuleSet } from "./keep-rule-set.ts";
import { readRuleSet } from "./read-rule-set.ts";

it("gives the rules of this version, and an earlier rule set that was kept", async () => {
  const ctx = await aContext();
  const text = '{"schema":"of old"}';
  await keepRuleSet(db, [hashRuleSet(text), text]);
  expect(await readRuleSet(ctx, ruleSetHash)).toBe(ruleSetText());
  expect(await readRuleSet(ctx, hashRuleSet(text))).toBe(text);
});

it("says that a rule set is not kept", async () => {
  await expect(readRuleSet(await aContext(), hashRuleSet("another"))).rejects.toMatchObject({
    code: "not-found",
    explanation: { key: "error.rule-set-not-kept" },
  });
});

it("is the same for another organization: the law is nobody's", async () => {
  const text = '{"schema":"of all"}';
  await keepRuleSet(db, [hashRuleSet(text), text]);
  for (const ctx of [await aContext(), await aContext()]) {
    expect(await readRuleSet(ctx, hashRuleSet(text))).toBe(text);
  }
});

it("refuses whoever has no role", async () => {
  const ctx = await aContext({ type: "key", id: "dialer", scopes: ["screen"] });
  await expect(readRuleSet(ctx, ruleSetHash)).rejects.toMatchObject({ code: "forbidden" });
});
