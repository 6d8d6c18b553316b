import type { Rule, RuleId } from "../../people/jurisdiction/index.ts";
import type { Refusal } from "./reason.ts";

export type Effect = "refuse" | "warn";

/** What a check finds: it stands in the way of the call, or is a thing to know. */
export type Finding = { effect: Effect; refusal: Refusal };

export const refuses = (refusal: Refusal): Finding => ({ effect: "refuse", refusal });
export const warns = (refusal: Refusal): Finding => ({ effect: "warn", refusal });

/** What a rule finds; the sentence says where nobody has verified it (mark C). */
export const finds = (
  { rule, effect }: { rule: Rule; effect: Effect },
  refusal: Refusal,
): Finding => ({
  effect,
  refusal: {
    ...marked(refusal, rule.id, rule.confidence),
    citation: rule.citation,
  },
});

/** What a policy of the organization's own finds, where no law says so. */
export const findsByPolicy = (policy: RuleId, refusal: Refusal): Finding =>
  refuses(marked(refusal, policy, "policy"));

const marked = ({ message, ...refusal }: Refusal, rule: RuleId, mark: string): Refusal => ({
  ...refusal,
  rule,
  message: { ...message, values: { ...message.values, rule, mark } },
});
