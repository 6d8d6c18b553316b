export * from "./correct.ts";
export * from "./feed.ts";
export * from "./opt-out.ts";
export * from "./record.ts";
export * from "./recover.ts";
export * from "./reference.ts";
export * from "./unreadable.ts";
