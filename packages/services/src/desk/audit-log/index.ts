export { type DigestAudit, auditDigests } from "./audit-digests.ts";
export { type AuditActorView, listAuditActors } from "./list-actors.ts";
export { type AuditView, listAudit } from "./list-audit.ts";
export { type PersonRead, listReads } from "./list-reads.ts";
export { auditDigestJob, startAuditDigests, stateAuditDigests } from "./state-digests.ts";
