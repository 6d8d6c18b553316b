import type { Fault } from "@ringfence/core/platform/message";
import type { AskRule } from "@ringfence/core/audience/segment";
import { allow } from "../../platform/access/allow.ts";
import type { ServiceContext } from "../../platform/context.ts";
import { countMembers } from "./find-members.ts";
import { inAnalysis } from "./in-analysis.ts";
import { soundScope } from "./sound-scope.ts";

/** How many are meant; null of a rule with faults. */
export type CountedRule = { faults: Fault[]; count: number | null };

/** Counts who a rule means, or says all that is wrong with it, each at its node. */
export async function countRule(ctx: ServiceContext, asked: AskRule): Promise<CountedRule> {
  allow(ctx, "segment.read");

  return inAnalysis(ctx, async (ctx) => {
    const { faults, scope } = await soundScope(ctx, asked);
    if (scope === null) return { faults, count: null };
    const [count = null] = await countMembers(ctx, scope, [asked.rule]);
    return { faults, count };
  });
}
