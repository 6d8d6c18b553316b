export * from "./list-needs.ts";
export type { Failure, Need } from "./need.ts";
export {
  type DayRefusals,
  type MonthCalls,
  type RefusalSpeed,
  type Speed,
  type Today,
  today,
} from "./today.ts";
