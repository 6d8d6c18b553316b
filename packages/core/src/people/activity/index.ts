export * from "./activity.ts";
export * from "./activity-key.ts";
export * from "./activity-type.ts";
export * from "./read-activity-row.ts";
