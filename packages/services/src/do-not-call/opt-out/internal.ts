/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { loadCorrectionFacts } from "./correct.ts";
export { findCoveredPhones } from "./feed.ts";
export { callBehindOptOut, listOptOuts, pendingOptOutIds, reachOfOptOut } from "./list.ts";
export { findCorrectedAt, findOptOuts, toScopeView } from "./opt-out.ts";
export { type ReceiptRequest, queueReceipt } from "./receipt.ts";
export {
  type RecordedForPhone,
  recordForPhone,
  recordForWrittenNumber,
  recordOptOut,
  saveOptOuts,
  saveUnreadableOptOuts,
} from "./record.ts";
export {
  type CorrectedOptOut,
  recordCorrectionStatements,
  recordLiftStatements,
} from "./statement.ts";
