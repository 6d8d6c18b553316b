export * from "./law-terms.ts";
export * from "./resolve-terms.ts";
export * from "./retention.ts";
export * from "./storage-limits.ts";
