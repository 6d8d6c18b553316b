import type { RuleOfType } from "../../people/jurisdiction/index.ts";
import { findCompleteGrants } from "./best-grant.ts";
import { type Finding, finds } from "./reason.ts";
import { type Judging, rulesAbout } from "./judging-rules.ts";
import type { PreparedFacts } from "./prepare-facts.ts";

/** Offers that may not be made by phone, and places where none may be made for now. */
export function checkSector(facts: PreparedFacts): Finding[] {
  const bans = rulesAbout(facts, "sector_ban").filter((ban) => !isLifted(ban, facts));
  return [
    ...bans.map((judging) =>
      finds(judging, {
        reason: "sector-banned",
        message: {
          key: "refusal.sector-banned",
          values: { lift: isLiftedByConsent(judging) ? "consent" : "none" },
        },
      }),
    ),
    ...rulesAbout(facts, "emergency_ban").map((judging) =>
      finds(judging, {
        reason: "sector-banned",
        message: { key: "refusal.sector-banned.emergency" },
      }),
    ),
  ];
}

const isLifted = (ban: Judging<RuleOfType<"sector_ban">>, facts: PreparedFacts) =>
  isLiftedByConsent(ban) && findCompleteGrants(facts).length > 0;

const isLiftedByConsent = ({ rule: { value } }: Judging<RuleOfType<"sector_ban">>) =>
  value.model === "opt_in" || value.allowed_if?.includes("specific_prior_consent") === true;

/** Refuses a dialer that the law does not allow here, with or without consent. */
export const checkDialer = (facts: PreparedFacts): Finding[] =>
  rulesAbout(facts, "dialer_restriction").map((judging) =>
    finds(judging, {
      reason: "dialer-not-allowed",
      message: { key: "refusal.dialer-not-allowed", values: { dialer: facts.dialer } },
    }),
  );
