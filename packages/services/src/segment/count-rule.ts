import type { Fault } from "@ringfence/core/message";
import { type AskRule, ruleFaults } from "@ringfence/core/segment";
import { allow } from "../access/allow.ts";
import type { ServiceContext } from "../context.ts";
import { allowRule } from "./allow-rule.ts";
import { countMembers } from "./find-members.ts";
import { inAnalysis } from "./in-analysis.ts";
import { ruleWorldOf } from "./rule-world-of.ts";
import { scopeOf } from "./scope.ts";

/** How many are meant; null of a rule with faults. */
export type CountedRule = { faults: Fault[]; count: number | null };

/** Counts who a rule means, or says all that is wrong with it, each at its node. */
export async function countRule(
  ctx: ServiceContext,
  { rule, segmentId }: AskRule,
): Promise<CountedRule> {
  allow(ctx, "segment.read");

  return inAnalysis(ctx, async (ctx) => {
    const world = await ruleWorldOf(ctx, segmentId ?? null);
    const faults = ruleFaults(rule, world);
    if (faults.length > 0) return { faults, count: null };
    allowRule(ctx, rule, world.segments);
    const count = await countMembers(ctx, await scopeOf(ctx, world.segments), rule);
    return { faults, count };
  });
}
