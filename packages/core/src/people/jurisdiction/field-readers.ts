import type { Rule, RuleOfType, RuleType } from "./rule.ts";

/**
 * The reader of a field of a rule: a module of core that judges calls by it (a path below `src`); `schema`,
 * which accepts only one value; or `person`, who sees it as a duty on the rules page.
 */
export type FieldReader = `${string}.ts` | "schema" | "person";

type FieldsOf<Value> = Value extends unknown ? keyof Value : never;
type JudgedType =
  | "consent_model"
  | "consent_elements"
  | "consent_expiry"
  | "calling_hours"
  | "frequency_cap"
  | "registry_scrub"
  | "reassigned_numbers"
  | "line_type"
  | "dialer_restriction"
  | "sector_ban"
  | "emergency_ban"
  | "abandoned_calls"
  | "ebr";

/** Readers of every field of the rule types that judge calls. All fields of other types are for a person. */
export const fieldReaders = {
  consent_model: {
    model: "calling/screening/check-consent.ts",
    form: "calling/screening/best-grant.ts",
    burden_of_proof: "person",
    exceptions: "person",
    scope: "person",
    b2b: "person",
    b2c: "person",
    channels: "person",
    consent_after_rpo_registration: "person",
    consent_must_name: "person",
    covers: "person",
    definition: "person",
    override: "person",
    platform: "person",
    refusal_channel: "person",
    registry: "person",
    revocable_any_time: "person",
  },
  consent_elements: {
    form: "calling/screening/best-grant.ts",
    required_elements: "calling/screening/best-grant.ts",
    per_seller: "person",
    prechecked_allowed: "person",
    condition_of_purchase_allowed: "person",
    separate_document: "person",
    separate_from_other_consents: "person",
    separate_from_terms: "person",
    granular_per_purpose: "person",
    withdraw_as_easy_as_give: "person",
    esign_ok: "person",
    shortcode: "person",
  },
  consent_expiry: {
    duration: "calling/screening/prepare-facts.ts",
    if: "calling/screening/prepare-facts.ts",
    renewal: "person",
    promotional_via_enquiry: "consents/consent/standing.ts",
    reask_after_optout: "calling/screening/prepare-facts.ts",
  },
  calling_hours: {
    windows: "people/jurisdiction/calling-hours/opening-hours-of-a-day.ts",
    holidays: "people/jurisdiction/calling-hours/opening-hours-of-a-day.ts",
    tz_basis: "people/jurisdiction/calling-hours/opening-hours-of-a-day.ts",
    industry_code: "people/jurisdiction/calling-hours/opening-hours-of-a-day.ts",
    industry_code_closed_on: "people/jurisdiction/calling-hours/opening-hours-of-a-day.ts",
    days_not_listed: "schema",
    unknown_zone: "schema",
    statutory: "schema",
    consent_overrides_hours: "person",
  },
  frequency_cap: {
    max: "people/jurisdiction/frequency-cap.ts",
    window: "people/jurisdiction/frequency-cap.ts",
    window_kind: "people/jurisdiction/frequency-cap.ts",
    scope: "person",
    counts: "person",
    cooldown_after_refusal: "person",
  },
  registry_scrub: {
    registry: "calling/screening/registry-demand.ts",
    polarity: "calling/screening/check-registries.ts",
    max_age: "people/jurisdiction/required-registries.ts",
    lifted_by_consent: "calling/screening/check-registries.ts",
    lifting_consent_max_age: "calling/screening/check-registries.ts",
    effective_after_registration: "person",
    also_register: "person",
    categories: "person",
    day_types: "person",
    evidence: "person",
    exempt_if: "person",
    extended_to_all_telecom_operators_from: "person",
    modes: "person",
    published: "person",
    safe_harbour_only_for_own_wash: "person",
    time_bands: "person",
  },
  reassigned_numbers: {
    registry: "calling/screening/check-reassigned.ts",
    safe_harbour_needs: "person",
    applies_to: "person",
  },
  line_type: {
    ported_wireless_grace: "calling/screening/line-type.ts",
    prohibited: "person",
  },
  dialer_restriction: { prohibited: "person" },
  sector_ban: {
    model: "calling/screening/check-bans-and-duties.ts",
    allowed_if: "calling/screening/check-bans-and-duties.ts",
    sector: "person",
    sectors: "person",
    consent_to: "person",
    contract_void: "person",
  },
  emergency_ban: { during: "person" },
  ebr: {
    transaction: "calling/screening/relationship.ts",
    inquiry: "calling/screening/relationship.ts",
    ends_on_optout: "schema",
  },
  abandoned_calls: {
    max_rate: "calling/violation/abandonment.ts",
    window: "calling/violation/abandonment.ts",
    per: "schema",
    live_agent_within_s: "person",
    min_ring: "person",
  },
} as const satisfies {
  [T in JudgedType]: Record<FieldsOf<RuleOfType<T>["value"]>, FieldReader>;
};

const readersByType: Partial<Record<RuleType, Readonly<Record<string, FieldReader>>>> =
  fieldReaders;

/** Returns the reader of a field, or undefined if it has none. A test makes sure that every field has one. */
export function findReader(type: RuleType, field: string): FieldReader | undefined {
  const readers = readersByType[type];
  return readers === undefined ? "person" : readers[field];
}

/**
 * Lists the fields and values of a rule that no module judges, so that a person must comply with them. Nobody confirms
 * them, unlike the duties of `findCallerDuties`.
 */
export const listDuties = ({ type, value }: Rule): [string, unknown][] =>
  Object.entries(value).filter(([field]) => findReader(type, field) === "person");
