export {
  answerCorrection,
  type CorrectionList,
  type CorrectionView,
  listCorrections,
  proposeCorrection,
} from "./correct.ts";
export { exportOptOuts, readOptOutFeed } from "./feed.ts";
export {
  type Receipt,
  forgetMailboxes,
  printReceipt,
  readReceipt,
  sendReceipt,
  sendReceiptJob,
} from "./receipt.ts";
export { type DeliveryReach, listOptOuts, readOptOut } from "./list.ts";
export { type RecordedOptOut, recordOptOut } from "./record.ts";
export { recoverOptOuts } from "./recover.ts";
export {
  discardUnreadableOptOut,
  listDiscardedOptOuts,
  listUnreadableOptOuts,
  resolveUnreadableOptOut,
  restoreUnreadableOptOut,
} from "./unreadable.ts";
