export {
  type LiftEffect,
  type OptOutWithConsents,
  findConsentsAfterOptOuts,
  isHeldByOptOut,
  isNotEarlierThanOptOut,
  liftsOptOut,
  findBlockingOptOuts,
  findOptedOutSince,
  isAgainstOptOut,
} from "./consent-after-opt-out.ts";
export {
  ConsentRecord,
  DATA_PROCESSING,
  RecordState,
  determineRecordState,
} from "./export/consent-record.ts";
export {
  ConsentResponse,
  type PurposeStanding,
  determineStandings,
} from "./standing-by-purpose.ts";
export {
  ConsentEvent,
  ConsentEventType,
  ConsentSource,
  Element,
  Language,
  ListConsents,
} from "./consent.ts";
export {
  type StrongElement,
  listElements,
  isWritten,
  findLackingElements,
  strongElements,
  findWeaknesses,
} from "./elements.ts";
export { Evidence, TextElement, StoredEvidence, isSigned, findLeadOrigin } from "./evidence.ts";
export {
  ConsentContact,
  type ConsentLookups,
  DisclosureShown,
  ImportConsent,
  type ResolvedConsent,
  RecordConsent,
  resolveConsent,
  listOddConsentFields,
} from "./record-consent.ts";
export { KantaraReceipt, toKantaraReceipt } from "./export/kantara-receipt.ts";
export {
  type ConsentQuestion,
  type Standing,
  coversQuestion,
  doesLawCountEnquiries,
  isEnquiry,
  isGrant,
  isRefusal,
  findNearestMismatch,
  listCountedEvents,
  determineStanding,
} from "./standing.ts";
export {
  EventSource,
  WithdrawConsent,
  type Withdrawal,
  type WithdrawalPlan,
  planWithdrawal,
  listOddWithdrawalFields,
} from "./withdraw.ts";
export { Iso27560Record, toIso27560Record } from "./export/iso-27560.ts";
export {
  OfflineMeans,
  RecordLetter,
  RecordOfflineConsents,
  proofByMeans,
} from "./record-offline.ts";
export { VconAttachment, toVconAttachment } from "./export/vcon.ts";
