/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { type OptOutWithConsentsView, loadConsentsAfterOptOuts } from "./consent-after-opt-out.ts";
export type { NewConsent } from "./consent.ts";
export { loadAllEvents, loadCountedEvents } from "./events.ts";
export { insertConsents } from "./insert.ts";
export { isWeakConsent } from "./list.ts";
export { createConsentReceiptLink } from "./receipt.ts";
export { type SaveConsentResult, saveConsents } from "./record.ts";
export { loadOptOutsOfPersons, loadStandings } from "./standing.ts";
export {
  type ConsentToState,
  recordConsentStatements,
  recordWithdrawalStatement,
} from "./statement.ts";
export { recordWithdrawal } from "./withdraw.ts";
