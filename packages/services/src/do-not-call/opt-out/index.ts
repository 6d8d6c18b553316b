export { forgetMailboxes } from "./forget-mailboxes.ts";
export { type PrintReceipt, printReceipt } from "./print-receipt.ts";
export { type Receipt, readReceipt } from "./read-receipt.ts";
export { sendReceipt } from "./send-receipt.ts";
export {
  type CorrectionList,
  type CorrectionView,
  answerCorrection,
  listCorrections,
  proposeCorrection,
} from "./correct.ts";
export {
  discardUnreadableOptOut,
  listDiscardedOptOuts,
  listUnreadableOptOuts,
  resolveUnreadableOptOut,
  restoreUnreadableOptOut,
} from "./unreadable.ts";
export { exportOptOuts, readOptOutFeed } from "./feed.ts";
export { type DeliveryReach, listOptOuts, readOptOut } from "./list.ts";
export { type RecordedOptOut, recordOptOut } from "./record.ts";
