export * from "./processing-record.ts";
