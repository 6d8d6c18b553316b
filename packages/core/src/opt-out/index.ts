export * from "./opt-out.ts";
