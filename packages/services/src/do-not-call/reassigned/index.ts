export * from "./ask-reassigned.ts";
export * from "./list-queries.ts";
export * from "./load-answers.ts";
export * from "./load-line-types.ts";
export type { LineSeen } from "./line-of.ts";
export * from "./write-query.ts";
