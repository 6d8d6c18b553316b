export * from "./burst.ts";
export * from "./proof-of-work.ts";
export * from "./thresholds.ts";
