import { z } from "zod";
import { CalledParty, LineType } from "../phone/index.ts";
import { Dialer } from "../../account/organization/index.ts";
import { PurposeKind } from "../../account/purpose/index.ts";
import { ConsentPolicy, Sector } from "../../account/seller/index.ts";

const Instant = z.iso.datetime({ offset: true });

/**
 * Attributes of the call of an example that differ from the default: a live agent makes a promotional call to
 * an individual, the person has consented in writing to all that the law can ask for, and every list and
 * database was asked yesterday and lists nobody; an allow list lists everybody.
 */
const ExampleAttributes = z.strictObject({
  dialer: Dialer.optional(),
  is_campaign: z.boolean().optional(),
  /** A call of a campaign for which nobody has confirmed the rule's duty. All its other duties are confirmed. */
  unconfirmed_duty: z.literal(true).optional(),
  purpose: PurposeKind.optional(),
  sector: Sector.optional(),
  line_type: LineType.optional(),
  called_party: CalledParty.optional(),
  /** ISO 3166-2 code of the address on record. */
  region: z.string().optional(),
  consent_policy: ConsentPolicy.optional(),
  consents: z
    .array(
      z.strictObject({
        at: Instant.optional(),
        is_written: z.boolean().optional(),
        source: z.literal("enquiry").optional(),
        /** The person had withdrawn an earlier consent then. */
        after_withdrawal_at: Instant.optional(),
        /** Elements that its text lacks. */
        lacks: z.array(z.string()).optional(),
      }),
    )
    .optional(),
  opt_outs: z
    .array(z.strictObject({ at: Instant.optional(), days_before: z.int().optional() }))
    .optional(),
  /** Registries that list the number, allow lists that do not, and registries that are not connected (null). */
  registries: z
    .record(
      z.string(),
      z
        .strictObject({
          lists_phone: z.boolean(),
          listed_days_before: z.int().optional(),
          listed_after_consent: z.literal(true).optional(),
        })
        .nullable(),
    )
    .optional(),
  /** Answer of the database of reassigned numbers; null if it was never asked. */
  reassigned: z
    .strictObject({ answer: z.enum(["yes", "no", "no_data"]), days_before: z.int() })
    .nullable()
    .optional(),
  /** Jurisdictions with a declared emergency. */
  emergencies: z.array(z.string()).optional(),
  /** The person's last purchase from the seller. */
  purchased_at: Instant.optional(),
  /** Earlier calls to the person. */
  calls: z.array(Instant).optional(),
  /** The organization's own hours, on every day. */
  policy_hours: z.literal("00:00-24:00").optional(),
});
export type ExampleAttributes = z.infer<typeof ExampleAttributes>;

const Example = z.strictObject({
  phone: z.string(),
  at: Instant,
  attributes: ExampleAttributes,
  /**
   * `warn`: the call is allowed, with a warning. `reason` is the code of the reason; of an example inside the
   * rule that is refused all the same, the reason that another rule gives.
   */
  expected: z.strictObject({
    verdict: z.enum(["allow", "warn", "refuse"]),
    reason: z.string().nullable(),
  }),
  /** Why, in the words of the law. */
  why: z.string(),
});
export type RuleExample = z.infer<typeof Example>;

/**
 * A call that the rule lets pass, and one that it does not; for a duty, a call of a campaign that does not have the
 * duty, and one of a campaign that does. Written from the law, never computed from the rule.
 */
export const RuleExamples = z.tuple([Example, Example]);
export type RuleExamples = z.infer<typeof RuleExamples>;
