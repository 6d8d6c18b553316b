export { type AuditListed, listAudit } from "./list-audit.ts";
