export * from "./adopt-record.ts";
export * from "./audit-record.ts";
