import {
  type CallFacts,
  type Rule,
  type RuleOfType,
  type RuleType,
  type DutyRule,
  toDialerFacts,
  findCallerDuties,
  findRulesInForce,
  isForAgent,
  canRefuseCall,
  listWithParents,
} from "../../people/jurisdiction/index.ts";
import { covers } from "../../account/purpose/index.ts";
import { listLocalDates } from "../../platform/time/index.ts";
import { type ScreeningFacts, listViews } from "./facts.ts";
import type { Effect } from "./reason.ts";
import { findLineType } from "./line-type.ts";
import { findRelationships } from "./relationship.ts";

/** A rule of law or of a policy that applies to a call, and what happens if the call breaks it. */
export type AppliedRule<R extends Rule = Rule> = { rule: R; effect: Effect };

/**
 * Finds the rules of one law (`facts.law`) that are in force and apply to a call. Rules with effect `info` are left
 * out. For the other laws that judge the call, pass the facts as those see them (`listViews`).
 */
export function findAppliedRules(facts: ScreeningFacts, callFacts: CallFacts): AppliedRule[] {
  const localDates = listLocalDates(facts.at, facts.zones);
  return findRulesInForce(facts.law, facts.jurisdictions, localDates, callFacts).flatMap((rule) => {
    const effect = findEffect(rule, facts);
    return effect === null ? [] : { rule, effect };
  });
}

export const filterRules = <T extends RuleType>(
  { rules }: { rules: readonly AppliedRule[] },
  type: T,
): AppliedRule<RuleOfType<T>>[] => rules.filter(isAbout(type));

const isAbout =
  <T extends RuleType>(type: T) =>
  (applied: AppliedRule): applied is AppliedRule<RuleOfType<T>> =>
    applied.rule.type === type;

/** Finds a rule's effect. An unverified rule (mark C) refuses, too, unless an officer has set it to warn. */
function findEffect(rule: Rule, { policy }: ScreeningFacts): Effect | null {
  if (rule.effect === "info") return null;
  const isEased = rule.confidence === "C" && policy.warnOnly.has(rule.id);
  return canRefuseCall(rule) && !isEased ? "refuse" : "warn";
}

/**
 * Converts facts for the conditions of rules (contract 4), as `facts.law` sees them. A fact that is not known is left
 * out or empty: a rule that refuses then applies as if the fact met its condition.
 */
export function toCallFacts(facts: ScreeningFacts): CallFacts {
  const { emergencies, purpose } = facts;
  const lineType = findLineType(facts);
  const places = listWithParents(facts.law, facts.jurisdictions);
  return {
    ...toDialerFacts(facts.dialer, facts.isCampaign),
    purpose: [purpose.kind],
    sector: [facts.seller.sector],
    line_type: lineType === "unknown" ? [] : [lineType],
    called_party: [facts.calledParty],
    outcome: [covers("marketing", purpose.key) ? "unsolicited_consumer_agreement" : "other"],
    state: facts.states,
    emergency_in_area: [places.some((place) => emergencies.includes(place))],
    relationshipByPlace: findRelationships(facts),
  };
}

/**
 * Lists the rules of a type that apply to a call, by every law that judges it. Works for types that screening cannot
 * check too. A rule that two laws share is there twice.
 */
export const listRulesOfCall = <T extends RuleType>(
  facts: ScreeningFacts,
  type: T,
): RuleOfType<T>[] =>
  listViews(facts).flatMap((view) =>
    filterRules({ rules: findAppliedRules(view, toCallFacts(view)) }, type).map(({ rule }) => rule),
  );

/**
 * Lists the agent's duties to say something, under all laws that judge the call, in all places where the person may be.
 * Each is there once.
 */
export function listAgentDuties(facts: ScreeningFacts): DutyRule[] {
  const localDates = listLocalDates(facts.at, facts.zones);
  const duties = listViews(facts).flatMap((view) =>
    findCallerDuties(view.law, view.jurisdictions, localDates, toCallFacts(view)),
  );
  return [...new Map(duties.filter(isForAgent).map((duty) => [duty.id, duty])).values()];
}
