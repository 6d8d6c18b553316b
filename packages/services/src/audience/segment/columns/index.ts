export * from "./open-columns.ts";
