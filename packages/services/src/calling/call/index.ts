export * from "./record-calls.ts";
