import { randomUUID } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import {
  requirePlaceRules,
  installChangedLaw,
  removeInstalledLaws,
} from "../../../testing/laws.ts";
import { aRuleLike, keepRule } from "../../../testing/kept-law.ts";
import { aMember } from "../../../testing/members.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import {
  anUnverifiedRule,
  eased,
  inBelgium,
  inNewYork,
  ruleId,
} from "../../../testing/rule-scene.ts";
import type { RootContext } from "../../platform/context.ts";
import { easeRule } from "./ease-rule.ts";
import { listRules, viewLaw } from "./list-rules.ts";

const read = async (ctx: RootContext) =>
  (await listRules(ctx, inBelgium)).find(({ rule }) => rule.id === ruleId);

afterEach(removeInstalledLaws);

it("lists the rules of a place and of its country", async () => {
  const rules = await listRules(as(await aContext(), "agent"), inNewYork);
  expect(rules[0]?.rule.jurisdiction).toBe("US-NY");
  expect(new Set(rules.map(({ rule }) => rule.jurisdiction))).toEqual(new Set(["US-NY", "US"]));
});

it("counts the calls of the last day that a rule refused, and those that it alone refused", async () => {
  const { ctx, acts } = await anUnverifiedRule();
  expect(await acts()).toBe("refuses");
  expect(await read(ctx)).toMatchObject({ refused: 1, eased: null });
});

/** Inserts screenings directly, because in real ones other reasons depend on the hour of the test. */
async function addScreenings(
  { organizationId }: RootContext,
  refusalsByScreening: { rule: string }[][],
) {
  const call = { purpose: "marketing", dialer: "live_agent", verdict: "refuse" } as const;
  const rest = { sellerId: randomUUID(), at: new Date(), warnings: [], checked: {}, actor: {} };
  for (const refusals of refusalsByScreening) {
    await db.prisma.screening.create({ data: { ...call, ...rest, organizationId, refusals } });
  }
}
const [rule, hours] = [{ rule: ruleId }, { rule: "us.calling-hours" }];

it("counts the calls that only this rule refused", async () => {
  const ctx = await aContext();
  await addScreenings(ctx, [[rule], [rule, hours]]);
  expect(await read(ctx)).toMatchObject({ refused: 2, refusedAlone: 1 });
});

it("counts a call once if a rule refuses it under both the present and a kept law", async () => {
  const ctx = await aContext();
  await addScreenings(ctx, [[rule, rule]]);
  expect(await read(ctx)).toMatchObject({ refused: 1, refusedAlone: 1 });
});

it("shows who lets a rule only warn, and why", async () => {
  const { ctx } = await anUnverifiedRule();
  await easeRule(ctx, eased);
  expect((await read(ctx))?.eased).toMatchObject({ by: "Ada", reason: eased.reason });
});

it("shows a decision about a former, unverified rule beside that rule alone", async () => {
  const { ctx } = await aMember();
  // The present law has verified this rule.
  await keepRule(ctx, "BE", aRuleLike("BE.model", { confidence: "C" }));
  await easeRule(ctx, { ...eased, ruleId: "BE.model" });
  const rules = (await listRules(ctx, inBelgium)).filter(({ rule }) => rule.id === "BE.model");
  expect(rules).toMatchObject([
    { isKept: false, isEasable: false, eased: null },
    { isKept: true, isEasable: true, eased: { reason: eased.reason } },
  ]);
});

it("lists a former rule that still applies, until the organization accepts the change", async () => {
  const ctx = await aContext();
  await installChangedLaw((law) => {
    const rules = requirePlaceRules(law, "BE");
    rules.splice(
      rules.findIndex(({ rule_id }) => rule_id === ruleId),
      1,
    );
  });
  expect(await read(ctx)).toMatchObject({ isKept: true, phase: "in-force", isEasable: true });
  expect((await listRules(ctx, inBelgium)).filter(({ isKept }) => isKept)).toHaveLength(1);
  expect(await read(await aContext())).toBeUndefined();
});

it("offers an emergency that only a former rule, still in force, provides for", async () => {
  const ctx = await aContext();
  await installChangedLaw((law) => {
    const rules = requirePlaceRules(law, "US-LA");
    rules.splice(
      rules.findIndex(({ rule_id }) => rule_id === "US-LA.emergency"),
      1,
    );
  });
  expect((await viewLaw(ctx)).placesWithEmergencyRules).toContain("US-LA");
  expect((await viewLaw(await aContext())).placesWithEmergencyRules).not.toContain("US-LA");
});

it("shows no decisions or calls of another organization", async () => {
  const { ctx, acts } = await anUnverifiedRule();
  await acts();
  await easeRule(ctx, eased);
  expect(await read(await aContext())).toMatchObject({ eased: null, refused: 0 });
});
