export * from "./end-suppression.ts";
export * from "./list-suppressions.ts";
export * from "./plan-suppressions.ts";
export * from "./record-suppression.ts";
export * from "./suppression.ts";
export * from "./suppresses-at.ts";
