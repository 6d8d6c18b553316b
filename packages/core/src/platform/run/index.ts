export * from "./run.ts";
export * from "./seconds-left.ts";
