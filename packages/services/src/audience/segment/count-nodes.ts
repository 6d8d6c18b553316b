import type { Fault } from "@ringfence/core/platform/message";
import { type AskRule, nodesAt } from "@ringfence/core/audience/segment";
import { allow } from "../../platform/access/allow.ts";
import type { ServiceContext } from "../../platform/context.ts";
import { countMembers } from "./find-members.ts";
import { inAnalysis } from "./in-analysis.ts";
import { soundScope } from "./sound-scope.ts";

/** How many each node of a rule means by itself, at its JSON pointer; none of a rule with faults. */
export type CountedNodes = { faults: Fault[]; counts: { path: string; count: number }[] };

/** Counts who each row of a rule means alone. */
export async function countNodes(ctx: ServiceContext, asked: AskRule): Promise<CountedNodes> {
  allow(ctx, "segment.read");

  return inAnalysis(ctx, async (ctx) => {
    const { faults, scope } = await soundScope(ctx, asked);
    if (scope === null) return { faults, counts: [] };
    const nodes = nodesAt(asked.rule);
    const counts = await countMembers(
      ctx,
      scope,
      nodes.map(({ node }) => node),
    );
    return {
      faults,
      counts: nodes.map(({ path }, index) => ({ path, count: counts[index] ?? 0 })),
    };
  });
}
