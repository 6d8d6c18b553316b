import { z } from "zod";
import type { Message } from "../../platform/message/index.ts";
import type { Rule, RuleId } from "../../people/jurisdiction/index.ts";

/** Why a call may not be placed, in the order in which reasons are told. */
export const ReasonCode = z.enum([
  "number-invalid",
  "opted-out",
  "suppressed",
  "consent-missing",
  "consent-expired",
  "consent-withdrawn",
  "consent-insufficient",
  "number-reassigned",
  "registry-listed",
  "registry-unchecked",
  "dialer-not-allowed",
  "sector-banned",
  "frequency-cap",
  "outside-calling-hours",
  "day-not-allowed",
  "zone-unknown",
  "jurisdiction-unknown",
  /** Only warns: a rule with effect `warn` that screening cannot check, such as a registration. */
  "duty",
  "cannot-check",
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** One reason: a refusal, or among the warnings a thing to know. */
export type Reason = {
  reason: ReasonCode;
  /** The rule that asks for it, and the law behind that. */
  rule?: string;
  citation?: string;
  registry?: string;
  /** What a consent lacks. */
  missing?: readonly string[];
  since?: Date;
  until?: Date;
  /** The sentence, before a language puts it in words. */
  message: Message;
};

export type Effect = "refuse" | "warn";

/** What a check finds: it stands in the way of the call, or is a thing to know. */
export type Finding = { effect: Effect; refusal: Reason };

export const refuses = (refusal: Reason): Finding => ({ effect: "refuse", refusal });
export const warns = (refusal: Reason): Finding => ({ effect: "warn", refusal });

/** What a rule finds; the sentence says where nobody has verified it (mark C). */
export const finds = (
  { rule, effect }: { rule: Rule; effect: Effect },
  refusal: Reason,
): Finding => ({
  effect,
  refusal: {
    ...marked(refusal, rule.id, rule.confidence),
    citation: rule.citation,
  },
});

/** What a policy of the organization's own finds, where no law says so. */
export const findsByPolicy = (policy: RuleId, refusal: Reason): Finding =>
  refuses(marked(refusal, policy, "policy"));

const marked = ({ message, ...refusal }: Reason, rule: RuleId, mark: string): Reason => ({
  ...refusal,
  rule,
  message: { ...message, values: { ...message.values, rule, mark } },
});
