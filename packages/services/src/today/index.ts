export * from "./list-needs.ts";
export type { Failure, Need } from "./need.ts";
export type { DayRefusals } from "./refusals-of-day.ts";
export * from "./today.ts";
