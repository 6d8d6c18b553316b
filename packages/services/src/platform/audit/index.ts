export * from "./record-export.ts";
