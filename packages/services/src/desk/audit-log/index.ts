export { type AuditView, listAudit } from "./list-audit.ts";
