export { type AuditActorView, listAuditActors } from "./list-actors.ts";
export { type AuditView, listAudit } from "./list-audit.ts";
export { type PersonRead, listReads } from "./list-reads.ts";
