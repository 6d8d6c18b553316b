export * from "./claim-due-relevance.ts";
export * from "./read-relevance.ts";
export * from "./read-threshold.ts";
export type { ThresholdView } from "./threshold-view.ts";
export * from "./set-threshold.ts";
export * from "./train-relevance.ts";
