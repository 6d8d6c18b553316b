export * from "./answer-deadline.ts";
export * from "./answer-letter.ts";
export * from "./complaint.ts";
export * from "./find-calls.ts";
export * from "./handle.ts";
