/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { findToday } from "./list-upcoming-changes.ts";
export { type ClosedDayView, listClosedDays } from "./closed-days.ts";
export { type EmergencyView, listEmergencies } from "./emergencies.ts";
export { assertKnownPlace, loadLaw, loadLawByHash, loadLaws, readRuleSetText } from "./load-law.ts";
export { type PastRules, findPastRules, loadRuleSetText } from "./rule-sets.ts";
