export * from "./own-record.ts";
