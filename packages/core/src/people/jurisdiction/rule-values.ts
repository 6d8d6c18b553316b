import { z } from "zod";
import { HoursWindow, Period } from "../../platform/time/index.ts";

// Values of the rule types that calls are judged by, as in the data file. Strict, because a key that nobody
// reads may be a condition that nobody checks. `field-readers.ts` says which fields judge and which are only shown.

/** Both are optional. */
const text = z.string().optional();
const texts = z.array(z.string()).optional();

export const ConsentModelValue = z.strictObject({
  model: z.enum(["opt_in", "opt_out_with_registry", "preference_register_plus_consent"]),
  form: z.literal("prior_express_written_consent").optional(),
  burden_of_proof: z.literal("caller").optional(),
  exceptions: texts,
  scope: text,
  b2b: text,
  b2c: text,
  channels: texts,
  consent_after_rpo_registration: text,
  consent_must_name: text,
  covers: texts,
  definition: text,
  override: text,
  platform: text,
  refusal_channel: text,
  registry: text,
  revocable_any_time: z.boolean().optional(),
});

export const LineTypeValue = z.strictObject({
  prohibited: texts,
  ported_wireless_grace: Period.optional(),
});

export const ConsentElementsValue = z.strictObject({
  form: z
    .enum([
      "any_provable",
      "clear_affirmative_act",
      "digital_consent_on_DLT",
      "written_signed",
      "written_when_law_requires",
    ])
    .optional(),
  required_elements: z.array(z.string()),
  per_seller: z.union([z.boolean(), z.string()]).optional(),
  prechecked_allowed: z.boolean().optional(),
  condition_of_purchase_allowed: z.boolean().optional(),
  separate_document: z.boolean().optional(),
  separate_from_other_consents: z.boolean().optional(),
  separate_from_terms: z.boolean().optional(),
  granular_per_purpose: z.boolean().optional(),
  withdraw_as_easy_as_give: z.boolean().optional(),
  esign_ok: z.boolean().optional(),
  shortcode: text,
});

export const ConsentExpiryValue = z.strictObject({
  duration: Period.optional(),
  /** Applies only to a consent that states no end of its own. */
  if: z.literal("no_period_stated").optional(),
  renewal: z.literal("active").optional(),
  /** Period after an enquiry in which the person may be called. It does not limit other consents. */
  promotional_via_enquiry: Period.optional(),
  /**
   * Period after an opt-out or withdrawal in which nobody may ask for consent again. A consent given in it does not
   * count.
   */
  reask_after_optout: Period.optional(),
});

export const RegistryScrubValue = z.strictObject({
  registry: z.string(),
  /** `allow`: the registry lists who may be called. Without it, it lists who may not. */
  polarity: z.enum(["deny", "allow"]).optional(),
  max_age: z.union([Period, z.literal("real_time_scrub")]).optional(),
  /** The consent that outweighs what the registry says; null if none does. */
  lifted_by_consent: z.enum(["any", "written", "later_than_listing"]).nullable(),
  /** A consent older than this lifts no listing. */
  lifting_consent_max_age: Period.optional(),
  effective_after_registration: text,
  also_register: z.boolean().optional(),
  categories: texts,
  day_types: texts,
  evidence: texts,
  exempt_if: texts,
  extended_to_all_telecom_operators_from: text,
  modes: texts,
  published: text,
  safe_harbour_only_for_own_wash: z.boolean().optional(),
  time_bands: texts,
});

export const DialerRestrictionValue = z.strictObject({ prohibited: z.array(z.string()) });

export const SectorBanValue = z.strictObject({
  sector: text,
  sectors: texts,
  model: z.enum(["opt_in", "ban"]).optional(),
  allowed_if: texts,
  consent_to: text,
  contract_void: z.boolean().optional(),
});

export const EmergencyBanValue = z.strictObject({ during: z.string() });

export const FrequencyCapValue = z.strictObject({
  max: z.int().positive(),
  window: Period,
  /** Counts whole days of the person's calendar. Left out, the window slides from call to call. */
  window_kind: z.literal("calendar_days").optional(),
  scope: z.enum([
    "per_consumer_same_subject",
    "per_number_same_subject",
    "per_professional_per_consumer",
    "per_solicitor_per_consumer",
  ]),
  counts: z.literal("calls").optional(),
  cooldown_after_refusal: Period.optional(),
});

const holidays = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("allowed"), calendar: z.null() }),
  // `conflict`: sources disagree, so it counts as prohibited.
  z.strictObject({
    mode: z.enum(["prohibited", "as_weekend", "conflict"]),
    calendar: z.string(),
  }),
]);

/** Hours that a law sets, or `windows: null` if it sets none, perhaps with the hours of an industry code. */
export const CallingHoursValue = z.union([
  z.strictObject({
    windows: z.array(HoursWindow),
    days_not_listed: z.literal("prohibited"),
    holidays,
    /** The person's time zone, or the one in which the law counts. */
    tz_basis: z.union([
      z.literal("called_party_location"),
      z.templateLiteral([z.string(), "/", z.string()]),
    ]),
    unknown_zone: z.literal("block_unless_inside_in_every_candidate_zone"),
    /**
     * By this law, a consent may allow calls outside the hours. Shown only: calls are refused outside them, consent or
     * not.
     */
    consent_overrides_hours: z.boolean().optional(),
  }),
  z.strictObject({
    windows: z.null(),
    statutory: z.literal(false),
    industry_code: z.array(HoursWindow).optional(),
    /** Calendar of the holidays on which the industry code allows no call. */
    industry_code_closed_on: text,
  }),
]);

export const ReassignedNumbersValue = z.strictObject({
  registry: z.string(),
  safe_harbour_needs: texts,
  applies_to: texts,
});

/**
 * Maximum share of answered calls that may be abandoned. It is judged afterwards, because no screening can
 * know it.
 */
export const AbandonedCallsValue = z.strictObject({
  max_rate: z.number().min(0).max(1),
  window: Period,
  per: z.literal("campaign"),
  live_agent_within_s: z.int(),
  min_ring: z.string(),
});

/** Periods for which a purchase or an enquiry makes an established business relationship. */
export const RelationshipValue = z.strictObject({
  transaction: Period.optional(),
  inquiry: Period.optional(),
  /** An opt-out ends the relationship. In this program it always does. */
  ends_on_optout: z.literal(true).optional(),
});

/**
 * Value of the types that no check reads. Such a rule may still warn of itself, or have a duty that campaigns confirm.
 */
export const ShownValue = z.record(z.string(), z.unknown());
