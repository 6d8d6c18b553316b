import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { bundledRuleSetHash } from "@ringfence/core/people/jurisdiction";
import { aMember } from "../../../testing/members.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { addClosedDay, declareEmergency } from "../../people/jurisdiction/index.ts";
import { aRuleOfKind, putPolicy, twoOfficers } from "../../../testing/policies.ts";
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

it("closes the clocks in hours that a policy of the organization does not allow", async () => {
  const officers = await twoOfficers();
  const ctx = officers.writer;
  const aMinuteOnSundays = aRuleOfKind("hours", {
    windows: [{ days: ["SU"], from: "13:00", to: "13:01" }],
    holidaysClosed: true,
  });
  const view = async () => {
    const { clocks, hasSellerPolicies } = await viewPlace(ctx, { jurisdiction: "US-NY" });
    const spans = clocks.flatMap(({ week }) => week.flatMap(({ spans }) => spans));
    return {
      minutes: spans.reduce((sum, [from, until]) => sum + until - from, 0),
      hasSellerPolicies,
    };
  };
  const before = await view();
  expect(before.minutes).toBeGreaterThan(60);
  expect(before.hasSellerPolicies).toBe(false);

  const sellerId = await aSeller(db, ctx.organizationId);
  await putPolicy(officers, [aMinuteOnSundays], { sellerId });
  expect(await view()).toEqual({ ...before, hasSellerPolicies: true });
  await putPolicy(officers, [aMinuteOnSundays]);
  expect((await view()).minutes).toBeLessThanOrEqual(1);
});

it("rejects a place without rules", async () => {
  await expect(viewPlace(await aContext(), { jurisdiction: "AQ" })).rejects.toMatchObject({
    code: "invalid-field",
  });
});
