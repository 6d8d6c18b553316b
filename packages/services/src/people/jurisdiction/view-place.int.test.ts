import { expect, it } from "vitest";
import { bundledRuleSetHash } from "@ringfence/core/people/jurisdiction";
import { aMember } from "../../../testing/members.ts";
import { aContext, as } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { addClosedDay } from "./closed-days.ts";
import { declareEmergency } from "./emergencies.ts";
import { viewPlace } from "./view-place.ts";

const reason = "Proclaimed by the governor.";

it("shows an agent the clocks, days and examples of a state and of its country", async () => {
  const view = await viewPlace(as(await aContext(), "agent"), { jurisdiction: "US-LA" });
  expect(view).toMatchObject({ ruleSet: bundledRuleSetHash, lineage: ["US-LA", "US"], parts: [] });
  expect(view.clocks.map(({ zones }) => zones)).toEqual([["America/Chicago"]]);
  expect(view.specialDays.some(({ rules }) => rules.includes("US-LA.hours"))).toBe(true);
  expect(Object.keys(view.examples)).toContain("US-LA.hours");
});

it("lists the states of a country", async () => {
  const { parts } = await viewPlace(await aContext(), { jurisdiction: "US" });
  expect(parts).toContain("US-FL");
});

it("shows days that officers of the organization closed there, and no others", async () => {
  const { ctx } = await aMember();
  const day = { region: null, first: "2100-03-05", last: "2100-03-05", reason };
  await addClosedDay(ctx, { jurisdiction: "US", ...day });
  await addClosedDay(ctx, { jurisdiction: "FR", ...day });
  const closedDays = async (one: RootContext) =>
    (await viewPlace(one, { jurisdiction: "US-LA" })).closedDays.map(
      ({ jurisdiction }) => jurisdiction,
    );
  expect(await closedDays(ctx)).toEqual(["US"]);
  // A day of another state closes nothing here.
  await addClosedDay(ctx, { jurisdiction: "US", ...day, region: "US-AS" });
  expect(await closedDays(ctx)).toEqual(["US"]);
  expect(await closedDays(await aContext())).toEqual([]);
});

it("closes the clocks while an emergency bans calls", async () => {
  const { ctx } = await aMember();
  await declareEmergency(ctx, { jurisdiction: "US-NY", reason });
  const view = await viewPlace(ctx, { jurisdiction: "US-NY" });
  expect(view.isBanned).toBe(true);
  expect(view.clocks.map(({ isOpen, changesAt }) => [isOpen, changesAt])).toEqual([[false, null]]);
});

it("rejects a place without rules", async () => {
  await expect(viewPlace(await aContext(), { jurisdiction: "AQ" })).rejects.toMatchObject({
    code: "invalid-field",
  });
});
