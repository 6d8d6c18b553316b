import { z } from "zod";
import { When } from "./call-facts.ts";
import type { JurisdictionId, RuleId } from "./jurisdiction.ts";
import * as value from "./rule-values.ts";

const IsoDate = z.iso.date().nullable();

const row = <T extends string, V extends z.ZodType>(type: T, value: V) =>
  z.strictObject({
    rule_id: z.string(),
    type: z.literal(type),
    status: z.enum(["in_force", "future", "bill_unverified"]),
    /** `block` and `require` refuse a call that does not keep the rule, `warn` warns, `info` is shown. */
    effect: z.enum(["block", "require", "warn", "info"]),
    when: When,
    value,
    citation: z.string(),
    /** The first and the last day. */
    effective_from: IsoDate,
    effective_to: IsoDate,
    /** A: read in a primary source, B: in a secondary one, C: from memory. */
    confidence: z.enum(["A", "B", "C"]),
    sources: z.array(z.string()),
    note: z.string().optional(),
    /** What is C of a rule that is A or B. */
    unverified: z.array(z.string()).optional(),
  });

/** A rule as the data file writes it. */
export const RuleRow = z.discriminatedUnion("type", [
  row("consent_model", value.ConsentModelValue),
  row("consent_elements", value.ConsentElementsValue),
  row("consent_expiry", value.ConsentExpiryValue),
  row("calling_hours", value.CallingHoursValue),
  row("frequency_cap", value.FrequencyCapValue),
  row("registry_scrub", value.RegistryScrubValue),
  row("reassigned_numbers", value.ReassignedNumbersValue),
  row("line_type", value.LineTypeValue),
  row("dialer_restriction", value.DialerRestrictionValue),
  row("sector_ban", value.SectorBanValue),
  row("emergency_ban", value.EmergencyBanValue),
  row("abandoned_calls", value.AbandonedCallsValue),
  row("call_labelling", value.ShownValue),
  row("caller_id", value.ShownValue),
  row("complaint_window", value.ShownValue),
  row("consent_record_content", value.ShownValue),
  row("disclosure", value.ShownValue),
  row("ebr", value.ShownValue),
  row("internal_dnc_retention", value.ShownValue),
  row("opt_out_deadline", value.ShownValue),
  row("penalty", value.ShownValue),
  row("pending_change", value.ShownValue),
  row("proof_retention", value.ShownValue),
  row("registration", value.ShownValue),
  row("registry", value.ShownValue),
  row("registry_fee", value.ShownValue),
  row("revocation", value.ShownValue),
]);
export type RuleRow = z.infer<typeof RuleRow>;
export type RuleType = RuleRow["type"];

type InHouse<Row> = Row extends RuleRow
  ? Omit<Row, "rule_id" | "effective_from" | "effective_to"> & {
      id: RuleId;
      jurisdiction: JurisdictionId;
      effectiveFrom: string | null;
      effectiveTo: string | null;
    }
  : never;

/** A rule of one place. Its `value` is as the data file writes it, by `type`. */
export type Rule = InHouse<RuleRow>;
export type RuleOf<T extends RuleType> = Extract<Rule, { type: T }>;

export const ruleOf = (
  jurisdiction: JurisdictionId,
  { rule_id, effective_from, effective_to, ...row }: RuleRow,
): Rule => ({
  ...row,
  id: rule_id,
  jurisdiction,
  effectiveFrom: effective_from,
  effectiveTo: effective_to,
});

/** The days of a rule are told by ISO dates; a rule without them holds always. */
export const isInForce = ({ effectiveFrom, effectiveTo }: Rule, isoDate: string) =>
  (effectiveFrom === null || effectiveFrom <= isoDate) &&
  (effectiveTo === null || isoDate <= effectiveTo);

/** True if a rule is in force on one of the days, or if no day is known. */
export const isInForceOnAny = (rule: Rule, isoDates: readonly string[]) =>
  isoDates.length === 0 || isoDates.some((date) => isInForce(rule, date));
