import type { Fault } from "@ringfence/core/message";
import { type AskRule, countPlaces, type PlaceCounts, ruleFaults } from "@ringfence/core/segment";
import { allow } from "../access/allow.ts";
import type { RootContext } from "../context.ts";
import { allowRule } from "./allow-rule.ts";
import { callOf } from "./call-of.ts";
import { drawMembers } from "./find-members.ts";
import { inAnalysis } from "./in-analysis.ts";
import { ruleWorldOf } from "./rule-world-of.ts";
import { scopeOf } from "./scope.ts";
import { screenPeople } from "./screen-people.ts";

/** So many people tell a share of all to three points of a hundred. */
const SAMPLE = 1_000;

/** Where people of a rule would end that were drawn by chance; null of a rule with faults. */
export type SampledRule = {
  faults: Fault[];
  sample: { at: Date; contacts: number; counts: PlaceCounts } | null;
};

/** What a waterfall of a rule that is being built would look like, from a sample of its people. */
export async function sampleRule(
  ctx: RootContext,
  { rule, segmentId, ...named }: AskRule,
): Promise<SampledRule> {
  allow(ctx, "segment.read");

  const drawn = await inAnalysis(ctx, async (ctx) => {
    await callOf(ctx, named);
    const world = await ruleWorldOf(ctx, segmentId ?? null);
    const faults = ruleFaults(rule, world);
    if (faults.length > 0) return { faults, contacts: 0, people: [] };
    allowRule(ctx, rule, world.segments);
    const people = await drawMembers(ctx, await scopeOf(ctx, world.segments), rule, SAMPLE);
    const contacts = await ctx.db.contact.count({ where: { organizationId: ctx.organizationId } });
    return { faults, contacts, people };
  });
  const { faults, contacts, people } = drawn;
  if (faults.length > 0) return { faults, sample: null };
  const { at, places } = await screenPeople(ctx, named, people);
  return { faults, sample: { at, contacts, counts: countPlaces(places) } };
}
