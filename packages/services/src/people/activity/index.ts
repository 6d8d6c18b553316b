export * from "./define-activity-type.ts";
export * from "./read-activities.ts";
export * from "./record-activities.ts";
export type * from "./activities-by-day.ts";
export type * from "./activities-sent.ts";
export type * from "./latest-arrivals.ts";
