import { z } from "zod";
import { CalledParty, LineType } from "../phone/index.ts";
import { PurposeKind } from "../../account/purpose/index.ts";
import { Sector } from "../../account/seller/index.ts";
import type { Channel } from "../phone/index.ts";
import type { Dialer } from "../../account/organization/index.ts";

/**
 * Kinds of dialers as laws distinguish them. One dialer of ours may be several of these. `auto_select_or_dial`: a system
 * for the automated selection or dialing of numbers, as some states say; `auto_select_and_dial`: selection and dialing,
 * as others do; `atds`: the automatic telephone dialing system of 47 U.S.C. 227(a)(1).
 */
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

/** `single`: one call that somebody dials; `mass`: one of many; `automatic`: dialed by a machine. */
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

/**
 * Facts about a call, by the keys of `When`: the values that each may have. A missing or empty list means that the fact
 * is unknown.
 */
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
  /** Filled in by `matchRule`, which picks from `relationshipByPlace` the one of the rule's place. */
  relationship: readonly CallRelationship[];
  /** The relationship under the law of each place: each law has its own periods. */
  relationshipByPlace: Readonly<Record<string, CallRelationship>>;
}>;

const conditionKeys = When.keyof().options;

/**
 * Certainty with which a call meets all conditions. `no`: there is a condition that no possible value of its fact
 * meets. Otherwise `unknown`: a fact has no value. Otherwise `partly`: only some values of a fact meet its condition.
 * Otherwise `surely`. A rule that refuses applies unless the answer is `no`; others apply only if the facts are known
 * (`appliesTo`).
 */
export type Match = "surely" | "partly" | "unknown" | "no";

/** Matches conditions. A relationship counts as unknown unless `matchRule` has filled it in. */
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
  const relationship = facts.relationshipByPlace?.[jurisdiction];
  return matchConditions(when, {
    ...facts,
    relationship: relationship === undefined ? [] : [relationship],
  });
}

const autodialKinds = ["auto_select_or_dial", "auto_select_and_dial", "atds"] as const;
const massModes = ["mass", "automatic"] as const;

/**
 * Classification of each dialer in the rules, and the channel that a consent must name for it (contract 4). In doubt, a
 * dialer counts as the kind for which more is forbidden.
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
