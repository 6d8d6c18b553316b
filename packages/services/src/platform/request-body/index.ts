export * from "./body-budget.ts";
export * from "./body-watch.ts";
export * from "./declared-length.ts";
export * from "./turns.ts";
