export * from "./screen-batch.ts";
export * from "./screen-call.ts";
export type * from "./screening-answer.ts";
