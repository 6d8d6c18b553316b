export { CallLog } from "./call-log.ts";
export * from "./call-row.ts";
export * from "./ending-of.ts";
export { asteriskColumns } from "./read-asterisk-cdr.ts";
export * from "./read-call-row.ts";
export * from "./outcome-of.ts";
export * from "./read-disposition.ts";
export * from "./soft-refusal.ts";
