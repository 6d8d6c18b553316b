import { type RuleOfType, enforcedTypes } from "../../people/jurisdiction/index.ts";
import { findCompleteGrants } from "./best-grant.ts";
import { type Finding, createFinding } from "./reason.ts";
import { type AppliedRule, filterRules } from "./applied-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/**
 * Refuses offers of a sector that may not be sold by phone, unless a complete consent lifts the ban; and calls to a
 * place with a declared emergency, if a rule of the place bans calls then. A rule that only warns leaves a warning.
 */
export function checkSector(facts: PreparedFacts): Finding[] {
  const bans = filterRules(facts, "sector_ban").filter((ban) => !isLifted(ban, facts));
  return [
    ...bans.map((applied) =>
      createFinding(applied, {
        reason: "sector-banned",
        message: {
          key: "refusal.sector-banned",
          values: { lift: isLiftedByConsent(applied) ? "consent" : "none" },
        },
      }),
    ),
    ...filterRules(facts, "emergency_ban").map((applied) =>
      createFinding(applied, {
        reason: "sector-banned",
        message: { key: "refusal.sector-banned.emergency" },
      }),
    ),
  ];
}

const isLifted = (ban: AppliedRule<RuleOfType<"sector_ban">>, facts: PreparedFacts) =>
  isLiftedByConsent(ban) && findCompleteGrants(facts).length > 0;

const isLiftedByConsent = ({ rule: { value } }: AppliedRule<RuleOfType<"sector_ban">>) =>
  value.model === "opt_in" || value.allowed_if?.includes("specific_prior_consent") === true;

/** Refuses a dialer that a rule forbids in one of the places of the call, with or without consent, or warns of it. */
export const checkDialer = (facts: PreparedFacts): Finding[] =>
  filterRules(facts, "dialer_restriction").map((applied) =>
    createFinding(applied, {
      reason: "dialer-not-allowed",
      message: { key: "refusal.dialer-not-allowed", values: { dialer: facts.dialer } },
    }),
  );

/** Warns of rules with effect `warn` that screening cannot check, such as a registration. */
export const checkDuties = ({ rules }: PreparedFacts): Finding[] =>
  rules.filter(isDuty).map((applied) =>
    createFinding(applied, {
      reason: "duty",
      message: { key: "warning.duty", values: { type: applied.rule.type } },
    }),
  );

/** True for a rule that only warns and that no check judges. Abandoned calls are judged afterwards. */
const isDuty = ({ rule: { type }, effect }: AppliedRule) =>
  effect === "warn" && !enforcedTypes.has(type) && type !== "abandoned_calls";
