export * from "./adopt-record.ts";
export { type RecordAudit, auditRecord } from "./audit-record.ts";
