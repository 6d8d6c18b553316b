import type { KnownSegments, Rule } from "@ringfence/core/audience/segment";
import { aRule, otherSegment } from "@ringfence/core/testing/segments";
import fc from "fast-check";

/** Each world asks its rules about a few people. A thousand rules per world make ten thousand pairs. */
export const WORLDS = 10;
export const PEOPLE = 40;
const RULES = Number(process.env.RULES_PER_WORLD || 50);
export const PAIRS = WORLDS * RULES;

/** Rules, and the other segment that they may name, as a seed has them. */
export function rulesOfWorld(seed: number): { rules: Rule[]; segments: KnownSegments } {
  const [other, ...rules] = fc.sample(aRule, { seed, numRuns: RULES + 1 }) as [Rule, ...Rule[]];
  const named = { id: otherSegment, name: "Other", rule: namedRule(other) };
  return { rules, segments: new Map([[otherSegment, named]]) };
}

/** Rule of the other segment: everybody if it would name itself. */
const namedRule = (rule: Rule): Rule =>
  JSON.stringify(rule).includes(otherSegment) ? { is: "all", of: [] } : rule;
