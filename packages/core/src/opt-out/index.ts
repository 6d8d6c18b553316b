export * from "./opt-out.ts";
export * from "./record-opt-out.ts";
export * from "./refuses-call.ts";
