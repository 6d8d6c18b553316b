export * from "./end-suppression.ts";
export * from "./list-suppressions.ts";
export * from "./suppress.ts";
