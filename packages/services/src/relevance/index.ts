export * from "./claim-due-relevance.ts";
export * from "./read-relevance.ts";
export * from "./read-score.ts";
export * from "./set-threshold.ts";
export * from "./train-relevance.ts";
