import type { RuleType } from "@ringfence/core/people/jurisdiction";

/** Sections of the page of a place, in their order. */
export const ruleGroups = [
  "hours",
  "registries",
  "dialing",
  "consent",
  "retention",
  "duringCall",
  "penalties",
  "changes",
] as const;
export type RuleGroup = (typeof ruleGroups)[number];

const groupByType: Record<RuleType, RuleGroup> = {
  calling_hours: "hours",
  registry_scrub: "registries",
  registry: "registries",
  registry_fee: "registries",
  reassigned_numbers: "registries",
  dialer_restriction: "dialing",
  line_type: "dialing",
  frequency_cap: "dialing",
  sector_ban: "dialing",
  emergency_ban: "dialing",
  abandoned_calls: "dialing",
  registration: "dialing",
  consent_model: "consent",
  consent_elements: "consent",
  consent_expiry: "consent",
  consent_record_content: "consent",
  revocation: "consent",
  ebr: "consent",
  proof_retention: "retention",
  internal_dnc_retention: "retention",
  opt_out_deadline: "retention",
  call_labelling: "duringCall",
  caller_id: "duringCall",
  disclosure: "duringCall",
  penalty: "penalties",
  complaint_window: "penalties",
  pending_change: "changes",
};

/** Selects the rules that belong to a group. */
export const selectRulesInGroup = <Row extends { rule: { type: RuleType } }>(
  rules: readonly Row[],
  group: RuleGroup,
): Row[] => rules.filter(({ rule }) => groupByType[rule.type] === group);

/** Returns the key and anchor of a rule in a list. A former rule that still applies may have the id of the present one. */
export const toRuleKey = ({ rule, isKept }: { rule: { id: string }; isKept: boolean }): string =>
  isKept ? `${rule.id}.former` : rule.id;
