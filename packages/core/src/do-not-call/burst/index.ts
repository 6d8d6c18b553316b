export * from "./burst-lifting.ts";
export * from "./proof-of-work.ts";
export * from "./thresholds.ts";
