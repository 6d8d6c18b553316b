export * from "./facts.ts";
export * from "./reason.ts";
export * from "./screen-call.ts";
export * from "./verdict.ts";
export * from "./screening-answer.ts";
