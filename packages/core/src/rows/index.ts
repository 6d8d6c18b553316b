export * from "./read-row.ts";
export * from "./row-outcome.ts";
