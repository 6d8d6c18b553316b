export {
  type AuditDigest,
  AuditDigestClaims,
  type AuditRecord,
  type DayCheck,
  type DigestLeaf,
  checkAuditFile,
  computeAuditDigest,
  formatRemovedEntries,
  formatRoot,
  hashAuditRecord,
  isStatedDigest,
} from "./digest.ts";
