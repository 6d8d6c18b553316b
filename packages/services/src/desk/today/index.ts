export type { FirstStep } from "./first-steps.ts";
export { listEndingConsents, listNeeds } from "./list-needs.ts";
export { dismissLawNotice, listLawNotices } from "./law-notices.ts";
export type { Failure, Need } from "./need.ts";
export {
  type RecentRefusals,
  type OptOutSpeed,
  type DurationStats,
  type Today,
  readToday,
} from "./today.ts";
