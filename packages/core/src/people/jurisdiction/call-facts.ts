import { z } from "zod";
import { CalledParty, LineType } from "../phone/phone.ts";
import { PurposeKind } from "../../account/purpose/purpose.ts";
import { Sector } from "../../account/seller/seller.ts";

/** What the rules call a dialer; one that we name may be several of theirs. */
export const DialerKind = z.enum([
  "manual",
  "preview",
  "predictive",
  "autodial_without_agent",
  "auto_select_or_dial",
  "auto_select_and_dial",
  "atds",
  "prerecorded",
  "ai_voice",
]);
export type DialerKind = z.infer<typeof DialerKind>;

export const CallMode = z.enum(["single", "mass", "automatic"]);
export type CallMode = z.infer<typeof CallMode>;

const anyOf = <T extends z.ZodType>(value: T) => z.array(value).min(1).optional();

/**
 * Which calls a rule is about: every key must be met, by any of its values. Closed, so that a
 * misspelt condition is found, and not one that no call ever meets.
 */
export const When = z.strictObject({
  dialer: anyOf(DialerKind),
  call_mode: anyOf(CallMode),
  purpose: anyOf(PurposeKind),
  sector: anyOf(Sector),
  line_type: anyOf(LineType),
  called_party: anyOf(CalledParty),
  outcome: anyOf(z.enum(["unsolicited_consumer_agreement", "other"])),
  /** ISO 3166-2 without the country. */
  state: anyOf(z.string().regex(/^[A-Z0-9]{1,3}$/)),
  emergency_in_area: anyOf(z.boolean()),
  written_form_required: anyOf(z.boolean()),
});
export type When = z.infer<typeof When>;

/** What is known of a call, by the keys of `When`. One left out, or empty, has no source. */
export type CallFacts = Partial<{
  dialer: readonly string[];
  call_mode: readonly string[];
  purpose: readonly string[];
  sector: readonly string[];
  line_type: readonly string[];
  called_party: readonly string[];
  outcome: readonly string[];
  state: readonly string[];
  emergency_in_area: readonly boolean[];
  written_form_required: readonly boolean[];
}>;

const conditionKeys = When.keyof().options;

/** How far a call meets a condition: by every value of its facts, by some, or for all we know. */
export type Match = "surely" | "partly" | "unknown" | "no";

export function matchConditions(when: When, facts: CallFacts): Match {
  let match: Match = "surely";
  for (const key of conditionKeys) {
    const asked = when[key];
    if (asked === undefined) continue;
    const known: readonly (string | boolean)[] = facts[key] ?? [];
    const meets = (value: string | boolean) => asked.some((one) => one === value);
    if (known.length === 0) match = "unknown";
    else if (!known.some(meets)) return "no";
    else if (match === "surely" && !known.every(meets)) match = "partly";
  }
  return match;
}
