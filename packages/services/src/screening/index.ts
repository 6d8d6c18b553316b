export * from "./forget-permits.ts";
export * from "./screen-batch.ts";
export * from "./screen-call.ts";
export type { BatchAnswer } from "./screen-many.ts";
export type * from "./screening-answer.ts";
export * from "./verify-permit.ts";
