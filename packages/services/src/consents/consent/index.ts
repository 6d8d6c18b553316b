export type { OptOutWithConsentsView } from "./consent-after-opt-out.ts";
export { readConsentRecord } from "./export-record.ts";
export { type SourceCount, type WeekCount, countSources } from "./sources.ts";
export { type ConsentListItem, listConsents } from "./list.ts";
export { type ConsentFile, type ConsentView, readConsent } from "./detail.ts";
export { type RecordedConsent, recordConsent } from "./record.ts";
export {
  type RecordedLetter,
  recordLetter,
  withdrawByReceipt,
  withdrawConsent,
} from "./withdraw.ts";
export { type RecordedOfflineConsents, recordOfflineConsents } from "./record-offline.ts";
export {
  type ConsentReceipt,
  openConsentReceipt,
  printConsentReceipt,
  readConsentReceipt,
} from "./receipt.ts";
