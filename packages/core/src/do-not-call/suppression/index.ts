export * from "./record.ts";
export * from "./suppression.ts";
