export * from "./add-closed-day.ts";
export * from "./declare-emergency.ts";
export * from "./ease-rule.ts";
export * from "./end-closed-day.ts";
export * from "./end-emergency.ts";
export { type ClosedDayListed, listClosedDays } from "./list-closed-days.ts";
export { type EmergencyListed, listEmergencies } from "./list-emergencies.ts";
export { listRules, type RuleListed } from "./list-rules.ts";
export * from "./restore-rule.ts";
