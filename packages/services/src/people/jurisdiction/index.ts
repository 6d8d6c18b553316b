export { type ClosedDayView, addClosedDay, endClosedDay, listClosedDays } from "./closed-days.ts";
export {
  type EmergencyView,
  declareEmergency,
  endEmergency,
  listEmergencies,
} from "./emergencies.ts";
export {
  type AcceptanceView,
  type LawUpdateView,
  type LawUpdatesView,
  type WaitingChange,
  answerLawAcceptance,
  listLawUpdates,
  proposeLawAcceptance,
} from "./accept-law.ts";
export { installBundledLaw } from "./install-law.ts";
export { type LawUpdateOutcome, signLawUpdate, updateLaw } from "./law-update.ts";
export { easeRule, restoreRule } from "./ease-rule.ts";
export {
  type RuleSetView,
  type RuleSetState,
  type PastRules,
  listRuleSets,
  readRuleSet,
} from "./rule-sets.ts";
export { listRuleDecisions, type RuleDecision } from "./list-rule-decisions.ts";
export { listUpcomingChanges } from "./list-upcoming-changes.ts";
export { type LawView, type RuleView, listRules, viewLaw } from "./list-rules.ts";
