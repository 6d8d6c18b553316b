export * from "./access-report.ts";
export * from "./sections.ts";
export * from "./stored-tables.ts";
