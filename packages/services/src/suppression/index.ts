export * from "./list-suppressions.ts";
export * from "./suppress.ts";
