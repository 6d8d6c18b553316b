import { z } from "zod";
import { said } from "../../platform/message/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { dayOf } from "../../platform/time/index.ts";
import { JurisdictionId, type RuleId } from "./jurisdiction.ts";
import type { Rule, RuleType } from "./rule.ts";
import { isMandatory } from "./rules-in-force.ts";
import { ruleBook } from "./rule-book.ts";

const KnownJurisdiction = JurisdictionId.refine(
  (id) => ruleBook.jurisdictions.has(id),
  said("jurisdiction.place-unknown"),
);

/** Long enough that another person can understand it. */
const Reason = storableText(500).min(10, said("jurisdiction.reason-short"));

/** The rules of one place, and of those that it lies in. */
export const ListRules = z.object({ jurisdiction: KnownJurisdiction });
export type ListRules = z.infer<typeof ListRules>;

/** Rule types that screening checks, and that may refuse a call (contract 4). */
export const enforcedTypes: ReadonlySet<RuleType> = new Set([
  "consent_model",
  "line_type",
  "consent_elements",
  "consent_expiry",
  "registry_scrub",
  "dialer_restriction",
  "sector_ban",
  "emergency_ban",
  "frequency_cap",
  "calling_hours",
  "reassigned_numbers",
]);

/** Whether the rule may refuse a call: a bill does not, nor what is only shown. */
export const mayRefuse = (rule: Rule): boolean =>
  enforcedTypes.has(rule.type) && isMandatory(rule) && rule.status !== "bill_unverified";

/** A rule from memory (mark C): an officer who had it looked up may let it warn and not refuse (contract 4). */
const easableRules: ReadonlySet<RuleId> = new Set(
  ruleBook.rules.filter((rule) => rule.confidence === "C" && mayRefuse(rule)).map(({ id }) => id),
);

export const isEasable = (id: RuleId): boolean => easableRules.has(id);

/** Lets a rule warn, for a reason that others can read. */
export const EaseRule = z.object({
  ruleId: z.string().refine(isEasable, said("jurisdiction.rule-verified")),
  reason: Reason,
});
export type EaseRule = z.infer<typeof EaseRule>;

/** Lets it refuse again. */
export const RestoreRule = z.object({ ruleId: z.string() });
export type RestoreRule = z.infer<typeof RestoreRule>;

/** The places whose law bans calls during an emergency. */
export const jurisdictionsWithEmergencyRules: readonly JurisdictionId[] = ruleBook.rules
  .filter(({ when }) => when.emergency_in_area !== undefined)
  .map(({ jurisdiction }) => jurisdiction);

const EmergencyJurisdiction = JurisdictionId.refine(
  (id) => jurisdictionsWithEmergencyRules.includes(id),
  said("jurisdiction.place-no-emergency"),
);

/** An emergency in a place, from now on: its law then bans calls, until somebody says that it is over. */
export const DeclareEmergency = z.object({ jurisdiction: EmergencyJurisdiction, reason: Reason });
export type DeclareEmergency = z.infer<typeof DeclareEmergency>;

/** It is over. */
export const EndEmergency = z.object({ id: z.uuid() });
export type EndEmergency = z.infer<typeof EndEmergency>;

/** Adds days without calls in a place, by its local calendar. Includes the first and the last day. */
export const AddClosedDay = z
  .object({
    jurisdiction: KnownJurisdiction,
    first: z.iso.date(),
    last: z.iso.date(),
    reason: Reason,
  })
  .refine(({ first, last }) => first <= last, {
    ...said("jurisdiction.closed-day-order"),
    path: ["last"],
  })
  .refine(({ first, last }) => dayOf(last) - dayOf(first) < MAX_CLOSED_DAYS, {
    ...said("jurisdiction.closed-day-long"),
    path: ["last"],
  });
export type AddClosedDay = z.infer<typeof AddClosedDay>;

/** A longer period was hardly proclaimed at short notice: the year is more likely mistyped. */
const MAX_CLOSED_DAYS = 31;

/** Removes days without calls. */
export const EndClosedDay = z.object({ id: z.uuid() });
export type EndClosedDay = z.infer<typeof EndClosedDay>;
