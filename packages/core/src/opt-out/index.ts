export * from "./list-opt-outs.ts";
export * from "./opt-out.ts";
export * from "./opt-out-feed.ts";
export * from "./read-refusal.ts";
export * from "./record-opt-out.ts";
export * from "./reference.ts";
export * from "./refuses-call.ts";
export * from "./opt-out-told.ts";
