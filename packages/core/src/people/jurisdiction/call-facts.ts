import { z } from "zod";
import { CalledParty, LineType } from "../phone/index.ts";
import { PurposeKind } from "../../account/purpose/index.ts";
import { Sector } from "../../account/seller/index.ts";
import type { Channel } from "../phone/index.ts";
import type { Dialer } from "../../account/organization/index.ts";

/** Kinds of dialers as laws distinguish them. One dialer of ours may be several of these. */
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

/**
 * Relationship of the person with the seller: a purchase or an enquiry, recent enough by the law of the rule's place.
 */
export const CallRelationship = z.enum(["transaction", "inquiry", "none"]);
export type CallRelationship = z.infer<typeof CallRelationship>;

const anyOf = <T extends z.ZodType>(value: T) => z.array(value).min(1).optional();

/**
 * Conditions under which a rule applies. All keys must match, each by any of its values. Strict, because a misspelled
 * condition would be ignored, and the rule would apply to every call.
 */
export const When = z.strictObject({
  dialer: anyOf(DialerKind),
  call_mode: anyOf(CallMode),
  purpose: anyOf(PurposeKind),
  sector: anyOf(Sector),
  line_type: anyOf(LineType),
  called_party: anyOf(CalledParty),
  outcome: anyOf(z.enum(["unsolicited_consumer_agreement", "other"])),
  /** Subdivision code (ISO 3166-2) without the country. */
  state: anyOf(z.string().regex(/^[A-Z0-9]{1,3}$/)),
  emergency_in_area: anyOf(z.boolean()),
  written_form_required: anyOf(z.boolean()),
  relationship: anyOf(CallRelationship),
});
export type When = z.infer<typeof When>;

/** Facts about a call, by the keys of `When`. A missing or empty key means that the fact is unknown. */
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
  relationship: readonly CallRelationship[];
  /** The relationship by place, because each law has its own periods. `matchRule` picks that of the rule's place. */
  relationships: Readonly<Record<string, CallRelationship>>;
}>;

const conditionKeys = When.keyof().options;

/**
 * Certainty that a call meets all conditions. A fact may have several possible values: `surely` means that all of
 * them meet, `partly` that some do, `unknown` that a fact has none, and `no` that no value of some fact does.
 */
export type Match = "surely" | "partly" | "unknown" | "no";

export function matchConditions(when: When, facts: CallFacts): Match {
  let match: Match = "surely";
  for (const key of conditionKeys) {
    const accepted = when[key];
    if (accepted === undefined) continue;
    const known: readonly (string | boolean)[] = facts[key] ?? [];
    const meets = (value: string | boolean) => accepted.some((one) => one === value);
    if (known.length === 0) match = "unknown";
    else if (!known.some(meets)) return "no";
    else if (match === "surely" && !known.every(meets)) match = "partly";
  }
  return match;
}

/** Matches a rule's conditions, with the relationship as the law of the rule's place defines it. */
export function matchRule(
  { when, jurisdiction }: { when: When; jurisdiction: string },
  facts: CallFacts,
): Match {
  if (when.relationship === undefined) return matchConditions(when, facts);
  const relationship = facts.relationships?.[jurisdiction];
  return matchConditions(when, {
    ...facts,
    relationship: relationship === undefined ? [] : [relationship],
  });
}

const autodialKinds = ["auto_select_or_dial", "auto_select_and_dial", "atds"] as const;
const massModes = ["mass", "automatic"] as const;

/**
 * Classification of each dialer in the rules, read strictly, and the channel that a consent must name for it
 * (contract 4).
 */
const dialers: Record<
  Dialer,
  { kinds: readonly DialerKind[]; modes: readonly CallMode[]; channel: Channel }
> = {
  live_agent: { kinds: ["manual", "preview"], modes: ["single"], channel: "voice_live" },
  predictive: {
    kinds: ["predictive", ...autodialKinds],
    modes: massModes,
    channel: "voice_autodialed",
  },
  prerecorded: {
    kinds: ["prerecorded", "autodial_without_agent", ...autodialKinds],
    modes: massModes,
    channel: "voice_prerecorded",
  },
  ai_voice: {
    kinds: ["ai_voice", "autodial_without_agent", ...autodialKinds],
    modes: massModes,
    channel: "voice_ai",
  },
};

/** Returns the facts that follow from the dialer. A live call in a campaign counts as one of many. */
export function toDialerFacts(dialer: Dialer, isCampaign: boolean) {
  const { kinds, modes } = dialers[dialer];
  const isMass = dialer === "live_agent" && isCampaign;
  return { dialer: kinds, call_mode: isMass ? (["mass"] as const) : modes };
}

/** Returns the channel that a consent must name. */
export const requiredChannel = (dialer: Dialer): Channel => dialers[dialer].channel;
