import { type KnownSegments, usesBehavior } from "./rule-references.ts";
import type { Condition, Rule } from "./rule.ts";

/*
 * The one compiler of segment rules. It resolves everything that depends on the rule alone: other segments,
 * groups, units, and whether people who opted out of profiling are excluded. Two back ends evaluate the
 * result: SQL (`packages/services/src/audience/segment/sql`) and columns in memory (`columns/`).
 * docs/segments.md says why there are two.
 */

/** A condition as back ends evaluate it. Amounts to compare with are in hundredths, as amounts are stored. */
export type CompiledCondition = Exclude<Condition, { is: "segment" }>;

/** Without nodes, `all` matches everyone and `any` nobody. */
export type CompiledNode =
  | { is: "all" | "any"; of: readonly CompiledNode[] }
  | { is: "not"; of: CompiledNode }
  | CompiledCondition;

export type CompiledRule = {
  root: CompiledNode;
  /** All conditions of the rule, in any order. */
  conditions: readonly CompiledCondition[];
  excludesProfilingRefusers: boolean;
};

/**
 * Compiles a rule for the back ends. A segment that is missing from `segments` matches nobody. No rule may depend
 * on itself, which `findRuleFaults` ensures before a rule is saved.
 */
export function compileRule(rule: Rule, segments: KnownSegments): CompiledRule {
  const root = compileNode(rule, segments);
  return {
    root,
    conditions: listConditions(root),
    excludesProfilingRefusers: usesBehavior(rule, segments),
  };
}

const nobody: CompiledNode = { is: "any", of: [] };

function compileNode(rule: Rule, segments: KnownSegments): CompiledNode {
  switch (rule.is) {
    case "all":
    case "any":
      return { is: rule.is, of: rule.of.map((inner) => compileNode(inner, segments)) };
    case "none":
      return { is: "not", of: compileNode({ is: "any", of: rule.of }, segments) };
    case "segment": {
      const other = segments.get(rule.segment);
      return other ? compileNode(other.rule, segments) : nobody;
    }
    case "activity": {
      const { measure, compare } = rule;
      if (measure === "count") return rule;
      return { ...rule, compare: { ...compare, value: Math.round(compare.value * 100) } };
    }
    default:
      return rule;
  }
}

function listConditions(node: CompiledNode): CompiledCondition[] {
  switch (node.is) {
    case "all":
    case "any":
      return node.of.flatMap(listConditions);
    case "not":
      return listConditions(node.of);
    default:
      return [node];
  }
}
