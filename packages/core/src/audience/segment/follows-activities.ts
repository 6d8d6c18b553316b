import { type KnownSegments, nodesThrough } from "./known-segments.ts";
import type { Rule } from "./rule.ts";

const byActivity = new Set<Rule["is"]>(["activity", "occasion", "sequence", "preference"]);

/**
 * Whether activities of some people change who is in a segment, and of nobody but them. Among all who ever
 * did something, what one does moves others: such a rule is asked of everybody or of none.
 */
export function followsActivities(rule: Rule, segments: KnownSegments): boolean {
  const nodes = nodesThrough(rule, segments);
  return nodes.some(({ is }) => byActivity.has(is)) && !nodes.some(({ is }) => is === "ranking");
}
