export * from "./kind-of-entry.ts";
export * from "./list-audit.ts";
