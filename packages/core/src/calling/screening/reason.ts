import { z } from "zod";
import type { Message, MessageKey, MessageOf } from "../../platform/message/index.ts";
import type { Rule, RuleId } from "../../people/jurisdiction/index.ts";

/** Why a call may not be placed, in the order in which reasons are reported. */
export const ReasonCode = z.enum([
  "number-invalid",
  "opted-out",
  "suppressed",
  "processing-restricted",
  "dialer-refused",
  "quiet-hours",
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

/** One reason for a refusal or a warning. */
export type Reason = {
  reason: ReasonCode;
  /**
   * The rule that requires it: of law, of a policy (`policy.cap-1`), or a setting (`policy.consent`, `campaign.hours`).
   * `citation` is the law behind the rule, or behind a duty that a campaign has not confirmed.
   */
  rule?: string;
  citation?: string;
  registry?: string;
  /** Elements that a consent lacks. */
  missing?: readonly string[];
  since?: Date;
  until?: Date;
  /** The sentence, not yet in any language. */
  message: Message;
};

type ReasonKey = Extract<MessageKey, `refusal.${string}` | "warning.duty">;

/** A sentence before the rule and its mark are added. */
type UnmarkedMessage = {
  [Key in ReasonKey]: MessageOf<Key>["values"] extends infer Values
    ? Values extends undefined
      ? { key: Key; values?: undefined }
      : keyof Omit<Values, "rule" | "mark"> extends never
        ? { key: Key; values?: undefined }
        : { key: Key; values: Omit<Values, "rule" | "mark"> }
    : never;
}[ReasonKey];

/** A reason before its rule is known. `createFinding`, `createPolicyFinding` and `createOwnListFinding` add that. */
export type UnmarkedReason = Omit<Reason, "message"> & { message: UnmarkedMessage };

/** The effect of a rule on a call that breaks it: the call is refused, or allowed with a warning. */
export type Effect = "refuse" | "warn";

/** Result of a check. `refusal` is the reason that refuses the call or, with the effect `warn`, only warns. */
export type Finding = { effect: Effect; refusal: Reason };

export const createRefusal = (refusal: Reason): Finding => ({ effect: "refuse", refusal });
export const createWarning = (refusal: Reason): Finding => ({ effect: "warn", refusal });

/** Creates the finding of a rule, with the rule's effect. The sentence says if the rule is unverified (mark C). */
export const createFinding = (
  { rule, effect }: { rule: Rule; effect: Effect },
  refusal: UnmarkedReason,
): Finding => ({
  effect,
  refusal: {
    ...addMark(refusal, { rule: rule.id, mark: findMark(rule) }),
    ...(rule.source !== "policy" && { citation: rule.citation }),
  },
});

/** Returns the mark of a rule in a sentence: its confidence, or `P` for a rule of the organization's policy. */
export const findMark = ({ source, confidence }: Rule) => (source === "policy" ? "P" : confidence);

/** Creates the refusal by a setting of the organization or of a campaign (`policy.consent`, `campaign.cap`). */
export const createPolicyFinding = (policy: RuleId, refusal: UnmarkedReason): Finding =>
  createRefusal(addMark(refusal, { rule: policy, mark: "policy" }));

/** Creates the refusal by a list of the organization's own, which no rule requires. */
export const createOwnListFinding = (refusal: UnmarkedReason): Finding =>
  createRefusal(addMark(refusal, { mark: "own" }));

const addMark = (
  { message, ...refusal }: UnmarkedReason,
  { mark, ...by }: { rule?: RuleId; mark: string },
): Reason => ({
  ...refusal,
  ...by,
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `UnmarkedMessage` leaves out what is added here
  message: { ...message, values: { ...message.values, ...by, mark } } as Message,
});
