import { callableFrom } from "./callable-from.ts";
import type { ScreeningFacts } from "./facts.ts";
import { findingsOf, refusalsIn, warningsIn } from "./findings-of.ts";
import type { Verdict } from "./verdict.ts";

/**
 * May this call be placed?
 *
 * Every check is made and every refusal returned: the agent sees all that stands in the way, and
 * the auditor all that was checked.
 */
export function screen(facts: ScreeningFacts): Verdict {
  const findings = findingsOf(facts);
  const refusals = refusalsIn(findings);
  const warnings = warningsIn(findings);
  return refusals.length === 0
    ? { verdict: "allow", refusals, warnings, callableFrom: null }
    : { verdict: "refuse", refusals, warnings, callableFrom: callableFrom(facts, refusals) };
}
