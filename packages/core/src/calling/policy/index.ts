export * from "./looser-than-law.ts";
export * from "./own-rules.ts";
export * from "./policy-rule.ts";
export * from "./policy.ts";
