export * from "./list-audit.ts";
export * from "./record-export.ts";
