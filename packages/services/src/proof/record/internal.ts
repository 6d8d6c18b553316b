/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export {
  type StoredConsent,
  authenticateConsents,
  discountForgedConsents,
  hashConsent,
  listConsentEventIds,
  needsMac,
  toUnauthenticatedType,
} from "./consent-macs.ts";
export {
  type Correction,
  authenticateCorrections,
  findForgedCorrections,
  verifyCorrections,
} from "./correction-macs.ts";
export { copyId, copyMac, createMacBatch, verifyBatch, writeWithoutIds } from "./event-mac.ts";
export {
  type StoredSuppression,
  findUnendedSuppressions,
  findValidSpans,
  recordSuppressionStatements,
} from "./suppression-macs.ts";
