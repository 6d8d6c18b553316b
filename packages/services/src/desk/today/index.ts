export * from "./list-needs.ts";
export type { Failure, Need } from "./need.ts";
export type { DayRefusals } from "./refusals-of-day.ts";
export type { MonthCalls } from "./calls-of-month.ts";
export type { RefusalSpeed, Speed } from "./refusal-speed.ts";
export * from "./today.ts";
