export { type ClosedDayListed, addClosedDay, endClosedDay, listClosedDays } from "./closed-days.ts";
export {
  type EmergencyListed,
  declareEmergency,
  endEmergency,
  listEmergencies,
} from "./emergencies.ts";
export { easeRule, restoreRule } from "./ease-rule.ts";
export {
  type RuleSetListed,
  type RuleSetState,
  type RulesThen,
  keepRuleSet,
  listRuleSets,
  readRuleSet,
} from "./rule-sets.ts";
export { listRuleDecisions, type RuleDecision } from "./list-rule-decisions.ts";
export { type RuleListed, listRules } from "./list-rules.ts";
