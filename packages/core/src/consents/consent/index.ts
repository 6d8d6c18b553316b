export {
  type AgainEffect,
  type AgreedAgain,
  agreedAgain,
  isHeld,
  lifts,
  optOutsAgainst,
  refusedSince,
} from "./consent-after-opt-out.ts";
export { ConsentRecord, RecordState } from "./export/consent-record.ts";
export { ConsentTold, type PurposeStanding, standingsOf } from "./standing-by-purpose.ts";
export {
  type ConsentEvent,
  ConsentEventType,
  ConsentSource,
  Element,
  ListConsents,
} from "./consent.ts";
export {
  type StrongElement,
  elementsOf,
  isWrittenSource,
  lackingOf,
  strongElements,
  weaknessOf,
} from "./elements.ts";
export { Evidence, Statement, StoredEvidence, isSigned, leadIn } from "./evidence.ts";
export {
  ConsentContact,
  type ConsentWorld,
  DisclosureShown,
  ImportConsent,
  type ReadConsent,
  RecordConsent,
  grantFault,
  readConsent,
  unreadOfConsent,
} from "./record-consent.ts";
export { KantaraReceipt, kantaraReceipt } from "./export/kantara-receipt.ts";
export {
  type ConsentQuestion,
  type Standing,
  coversQuestion,
  isGrant,
  missingOfNearest,
  standingAt,
} from "./standing.ts";
export {
  EventSource,
  WithdrawConsent,
  type Withdrawal,
  type WithdrawalPlan,
  planWithdrawal,
  unreadOfWithdrawal,
} from "./withdraw.ts";
export { Record27560, record27560 } from "./export/iso-27560.ts";
export {
  OfflineMeans,
  RecordLetter,
  RecordOfflineConsents,
  proofOfMeans,
} from "./record-offline.ts";
export { VconAttachment, vconAttachment } from "./export/vcon.ts";
