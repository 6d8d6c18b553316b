export type { AgainSeen } from "./consent-after-opt-out.ts";
export { type ReadConsentRecord, readConsentRecord } from "./export-record.ts";
export { type SourceCount, type WeekCount, countSources } from "./sources.ts";
export { type ConsentListed, listConsents } from "./list.ts";
export { type ConsentFile, type ConsentSeen, readConsent } from "./detail.ts";
export { type ConsentAnswer, recordConsent } from "./record.ts";
export {
  type LetterOnRecord,
  recordLetter,
  withdrawByReceipt,
  withdrawConsent,
} from "./withdraw.ts";
export { type OfflineConsents, recordOfflineConsents } from "./record-offline.ts";
export {
  type ConsentReceipt,
  type PrintConsentReceipt,
  openConsentReceipt,
  printConsentReceipt,
  readConsentReceipt,
} from "./receipt.ts";
