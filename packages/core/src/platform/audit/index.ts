export * from "./export-list.ts";
export * from "./kind-of-entry.ts";
export * from "./list-audit.ts";
