export * from "./assign-violation.ts";
export * from "./close-violation.ts";
export * from "./judge-calls.ts";
export * from "./list-violations.ts";
export * from "./note-violation.ts";
export * from "./read-violation.ts";
export type { ScreeningOfCall } from "./screening-of-call.ts";
export * from "./sweep-calls.ts";
export type { ViolationView } from "./violation-view.ts";
