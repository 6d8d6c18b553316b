export * from "./restriction.ts";
