export * from "./activity-type.ts";
export * from "./activity.ts";
export * from "./read-activity-row.ts";
