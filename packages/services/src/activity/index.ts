export * from "./define-activity-type.ts";
export * from "./record-activities.ts";
