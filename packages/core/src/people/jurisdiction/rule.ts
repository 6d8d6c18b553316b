import { z } from "zod";
import { When } from "./call-facts.ts";
import type { JurisdictionId, RuleId } from "./jurisdiction.ts";
import { RuleExamples } from "./rule-examples.ts";
import { Period } from "../../platform/time/index.ts";
import * as value from "./rule-values.ts";

const IsoDate = z.iso.date().nullable();

/** A quotation from the law, or from a text about the law. */
const Quote = z.strictObject({
  text: z.string(),
  /** ISO 639-1. */
  language: z.string().regex(/^[a-z]{2}$/),
  /** English translation of words in another language. */
  english: z.string().optional(),
  /** Id of the source that has the words. */
  source: z.string(),
});

/** A duty of the caller that no program can check. An officer confirms it before a campaign starts. */
const CallerDuty = z.strictObject({
  /** A sentence that says what to do, in each language of the pages. */
  en: z.string().min(1),
  ru: z.string().min(1),
  /** `seller`: confirmed once for all campaigns of a seller. `campaign`: for each, with its number and scripts. */
  confirmed_for: z.enum(["seller", "campaign"]),
  /** Longest time for which a confirmation is valid, where the law names a period. */
  renew: Period.optional(),
});

const ruleRow = <T extends string, V extends z.ZodType>(type: T, value: V) =>
  z.strictObject({
    rule_id: z.string(),
    type: z.literal(type),
    status: z.enum(["in_force", "future", "bill_unverified"]),
    /** `block` and `require` refuse a call that breaks the rule, `warn` warns, `info` is only shown. */
    effect: z.enum(["block", "require", "warn", "info"]),
    when: When,
    value,
    /** Left out by rules that ask nothing of the caller that a program cannot check. */
    duty: CallerDuty.optional(),
    citation: z.string(),
    /** First and last day. */
    effective_from: IsoDate,
    effective_to: IsoDate,
    /** A: read in a primary source. B: in a secondary source. C: from memory. */
    confidence: z.enum(["A", "B", "C"]),
    sources: z.array(z.string()),
    note: z.string().optional(),
    /** Fields of confidence C in a rule of A or B. */
    unverified: z.array(z.string()).optional(),
    /** Day on which the law was last looked up. Former rule sets have neither this nor the next four. */
    reviewed_on: z.iso.date().optional(),
    quote: Quote.optional(),
    /** Open questions about the rule. */
    doubt: z.string().optional(),
    /** The text to read or the authority to ask that would answer them. */
    would_settle: z.string().optional(),
    /** A call just inside the rule, and one just outside. */
    examples: RuleExamples.optional(),
  });

/** A rule as the data file has it. */
export const RuleRow = z.discriminatedUnion("type", [
  ruleRow("consent_model", value.ConsentModelValue),
  ruleRow("consent_elements", value.ConsentElementsValue),
  ruleRow("consent_expiry", value.ConsentExpiryValue),
  ruleRow("calling_hours", value.CallingHoursValue),
  ruleRow("frequency_cap", value.FrequencyCapValue),
  ruleRow("registry_scrub", value.RegistryScrubValue),
  ruleRow("reassigned_numbers", value.ReassignedNumbersValue),
  ruleRow("line_type", value.LineTypeValue),
  ruleRow("dialer_restriction", value.DialerRestrictionValue),
  ruleRow("sector_ban", value.SectorBanValue),
  ruleRow("emergency_ban", value.EmergencyBanValue),
  ruleRow("abandoned_calls", value.AbandonedCallsValue),
  ruleRow("call_labelling", value.ShownValue),
  ruleRow("caller_id", value.ShownValue),
  ruleRow("complaint_window", value.ShownValue),
  ruleRow("consent_record_content", value.ShownValue),
  ruleRow("disclosure", value.ShownValue),
  ruleRow("ebr", value.RelationshipValue),
  ruleRow("internal_dnc_retention", value.ShownValue),
  ruleRow("opt_out_deadline", value.ShownValue),
  ruleRow("penalty", value.ShownValue),
  ruleRow("pending_change", value.ShownValue),
  ruleRow("proof_retention", value.ShownValue),
  ruleRow("registration", value.ShownValue),
  ruleRow("registry", value.ShownValue),
  ruleRow("registry_fee", value.ShownValue),
  ruleRow("revocation", value.ShownValue),
]);
export type RuleRow = z.infer<typeof RuleRow>;
export type RuleType = RuleRow["type"];

/**
 * Fields that a rule has under another name; and examples, which are kept apart from it because they decide nothing.
 */
type RenamedField =
  | "rule_id"
  | "effective_from"
  | "effective_to"
  | "reviewed_on"
  | "would_settle"
  | "examples";

type FromRow<Row> = Row extends RuleRow
  ? Omit<Row, RenamedField> & {
      id: RuleId;
      jurisdiction: JurisdictionId;
      effectiveFrom: string | null;
      effectiveTo: string | null;
      reviewedOn?: string;
      wouldSettle?: string;
      /** The organization's own rule, which no law asks for. Left out for a rule of law. */
      source?: "policy";
    }
  : never;

/** A rule of one jurisdiction. Its `value` is as in the data file, by `type`. */
export type Rule = FromRow<RuleRow>;
export type RuleOfType<T extends RuleType> = Extract<Rule, { type: T }>;

/** Converts a rule of the data file to a rule of a place, without its examples. */
export function toRule(jurisdiction: JurisdictionId, row: RuleRow): Rule {
  const {
    rule_id,
    effective_from,
    effective_to,
    reviewed_on,
    would_settle,
    examples: _,
    ...rest
  } = row;
  return {
    ...rest,
    id: rule_id,
    jurisdiction,
    effectiveFrom: effective_from,
    effectiveTo: effective_to,
    ...(reviewed_on !== undefined && { reviewedOn: reviewed_on }),
    ...(would_settle !== undefined && { wouldSettle: would_settle }),
  };
}

/** True if the rule is in force on a day. A rule without dates always is. */
export const isInForce = ({ effectiveFrom, effectiveTo }: Rule, isoDate: string) =>
  (effectiveFrom === null || effectiveFrom <= isoDate) &&
  (effectiveTo === null || isoDate <= effectiveTo);

/** True if a rule is in force on one of the days, or if no day is known. */
export const isInForceOnAny = (rule: Rule, isoDates: readonly string[]) =>
  isoDates.length === 0 || isoDates.some((date) => isInForce(rule, date));

/** Phase of a rule on a day: in force, no longer, not yet, or a bill that may never be law. */
export type RulePhase = "in-force" | "ended" | "future" | "bill";

/**
 * Determines the phase of a rule now. `isoDates` are the dates of now in all time zones; in force on one of them is
 * in force.
 */
export function determinePhase(rule: Rule, isoDates: readonly string[]): RulePhase {
  if (rule.status === "bill_unverified") return "bill";
  if (isInForceOnAny(rule, isoDates)) return "in-force";
  const { effectiveTo } = rule;
  return effectiveTo !== null && isoDates.every((date) => effectiveTo < date) ? "ended" : "future";
}
