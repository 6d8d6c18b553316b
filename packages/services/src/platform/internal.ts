/** Functions that the other areas use inside their own verbs and transactions. Apps import a folder's `index.ts`. */
export { type NamedActor, loadActorNames, loadMemberNames } from "./access/actor-names.ts";
export {
  allow,
  allowSeller,
  canSeeSeller,
  maskPhoneFor,
  visibleSellerIds,
} from "./access/allow.ts";
export { assertMaySeeStatements, listFormsOfOtherSellers } from "./access/other-sellers.ts";
export {
  type PersonContext,
  createPersonContext,
  requirePerson,
  requirePersonPhone,
} from "./access/person-context.ts";
export { readAudited, requirePhone } from "./access/read-audited.ts";
export { isStoredActor, toStoredActor } from "./access/stored-actor.ts";
export { inAnalysisTransaction } from "./analysis-transaction.ts";
export {
  type Archival,
  type ArchivedItem,
  listArchivedItems,
  readArchived,
} from "./archive/archived-item.ts";
export { appendAudit, appendAudits } from "./audit/append-audit.ts";
export { createByteIndex } from "./byte-index.ts";
export { coalesce } from "./coalesce.ts";
export {
  type FileContext,
  type Installation,
  type MailContext,
  type RootContext,
  type ServiceContext,
  type TransactionContext,
  inTransaction,
} from "./context.ts";
export { confirmReplication } from "./confirm-replication.ts";
export {
  type CopyRows,
  readByteString,
  copyRows,
  readDigits,
  readInstant,
  readInteger,
  isNull,
  fieldLength,
  fieldStart,
} from "./copy-rows.ts";
export { ServiceError, toError } from "./errors.ts";
export { defineEvent } from "./events.ts";
export {
  FileName,
  type FolderName,
  blockedChangesFile,
  blockedFolder,
  blockedListFile,
  evidenceFile,
  evidenceFolder,
  importFile,
  importFolder,
  registryFile,
  registryFolder,
  remarksFile,
  rewrittenFile,
  scrubFile,
  scrubFolder,
  scrubResultFile,
} from "./files/file-name.ts";
export type { FileStore } from "./files/open-files.ts";
export { readHead, requireFile, saveUpload, watchChunks } from "./files/uploads.ts";
export {
  addJob,
  defineJob,
  enqueue,
  enqueueThrottled,
  freeQueues,
  hasNoLiveJob,
  hasNoRunningJob,
  queueJobs,
} from "./job.ts";
export { BLOCK_BYTES, type Cmac, createCmac } from "./keys/cmac.ts";
export { deriveKey } from "./keys/to-keys.ts";
export { examineKeys } from "./keys/examine-keys.ts";
export {
  KeyName,
  type KeyOnFile,
  createKeyFile,
  flushFolder,
  keyFileName,
  readKeyFile,
  writeKeyOnce,
} from "./keys/key-files.ts";
export {
  type KeyRing,
  getCurrentKey,
  holdKeys,
  lockKeys,
  recordKeys,
  toKeyRing,
} from "./keys/key-ring.ts";
export { StartRefused } from "./keys/start-refused.ts";
export type { Keys } from "./keys/keys.ts";
export {
  type BoundRow,
  createCode,
  isCode,
  isLink,
  readLink,
  readUnverifiedLink,
  toUuid,
  writeLink,
} from "./keys/links-and-codes.ts";
export { generateSecret, openSecret, sealSecret } from "./keys/secrets.ts";
export { isOwnStatement, readKeyId } from "./keys/own-statement.ts";
export { type PhoneKey, type PhoneSecret, computePhoneKey, nextHash } from "./keys/phone-key.ts";
export { type Cipher, createCipher } from "./keys/sealing-keys.ts";
export {
  type SigningKey,
  generateSigningKey,
  parseSigningKey,
  signJws,
  signJwsInThread,
} from "./keys/signing-key.ts";
export { holdLock, shareLock } from "./lock/hold-lock.ts";
export { mapInTurns } from "./map-in-turns.ts";
export type { MessageSender } from "./message-sender.ts";
export { findNetwork, normalizeNetwork } from "./network/client-address.ts";
export { PrivateHost, isPrivateAddress, publicLookup } from "./network/private-address.ts";
export {
  createId,
  createIds,
  toLeastId,
  endNow,
  requireEnded,
  selectRow,
  selectRows,
  toTable,
} from "./rows.ts";
export { type Fact, type Sheet, openSheet } from "./pdf/sheet.ts";
export { RunView, visibleRunsFilter } from "./run/list-runs.ts";
export { RunEnd, assertClaim, endRun, updateClaimedRun } from "./run/perform-run.ts";
export { type StartedRun, startRun } from "./run/start-run.ts";
export type { SharedOutcome } from "./share-transaction.ts";
export { withSharedSnapshot } from "./shared-snapshot.ts";
export { ByteStream, command, functionInput, query, transactInput } from "./verb.ts";
