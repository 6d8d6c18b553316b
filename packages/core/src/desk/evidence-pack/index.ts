export * from "./regulators.ts";
export * from "./make-pack.ts";
