export * from "./call-row.ts";
export * from "./read-call-row.ts";
