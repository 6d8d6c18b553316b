export * from "./adopt-record.ts";
export { type RecordAudit, auditRecord } from "./find-forged-events.ts";
