export * from "./checked-of.ts";
export * from "./facts.ts";
export * from "./reason.ts";
export * from "./screen-call.ts";
export * from "./screen.ts";
export * from "./screening-answer.ts";
export * from "./verdict.ts";
export * from "./without-facts.ts";
