export {
  type LogSigner,
  type RestoredMemory,
  type SigningOutcome,
  restoreSignerMemory,
  signCheckpoint,
} from "./sign-checkpoint.ts";
export { type NewStatement, appendStatement, appendStatements } from "./append-statement.ts";
export { type LedgerAudit, auditLedger } from "./audit-ledger.ts";
export { commitScreenings } from "./commit-screenings.ts";
export {
  assertNoLostOptOuts,
  checkCopy,
  compareOptOuts,
  findCopyFaults,
  replaceCopy,
  watchForLostOptOuts,
} from "./compare-copy.ts";
export { createOptOutCopier } from "./copy-opt-outs.ts";
export { type LogKeyView, listLogKeys } from "./signer/log-keys.ts";
export {
  type LedgerView,
  type SignedCheckpoint,
  type StatementRow,
  listStatements,
  readLedger,
  readSignedCheckpoint,
} from "./read-ledger.ts";
export { findKeyFileFault, openLogSigner } from "./signer/open-signer.ts";
export type { OpenTokens } from "./signer/pkcs11.ts";
export { ProofView, readProof } from "./read-proof.ts";
export { readLogPolicy, setWitnesses } from "./policy.ts";
export { readTileBytes } from "./tiles.ts";
export { type RotatedLogKey, rotateLogKey } from "./signer/rotate-key.ts";
export { sequenceBatch } from "./sequence-entries.ts";
export {
  type TimestampAuthority,
  type TimestampOutcome,
  parseRootCertificates,
  timestampCheckpoint,
} from "./timestamp-checkpoint.ts";
export { type Witness, type WitnessingOutcome, witnessCheckpoint } from "./witness-checkpoint.ts";
