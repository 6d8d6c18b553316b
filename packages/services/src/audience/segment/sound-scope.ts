import type { Fault } from "@ringfence/core/platform/message";
import { type AskRule, ruleFaults } from "@ringfence/core/audience/segment";
import type { TransactionContext } from "../../platform/context.ts";
import { allowRule } from "./allow-rule.ts";
import { ruleWorldOf } from "./rule-world-of.ts";
import { type Scope, scopeOf } from "./scope.ts";

/** What a rule that is being built is asked with, or all that is wrong with it, each at its node. */
export async function soundScope(
  ctx: TransactionContext,
  { rule, segmentId }: Pick<AskRule, "rule" | "segmentId">,
): Promise<{ faults: Fault[]; scope: null } | { faults: []; scope: Scope }> {
  const world = await ruleWorldOf(ctx, segmentId ?? null);
  const faults = ruleFaults(rule, world);
  if (faults.length > 0) return { faults, scope: null };
  allowRule(ctx, rule, world.segments);
  return { faults: [], scope: await scopeOf(ctx, world.segments) };
}
