/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { stateAdoption } from "./adopt-record.ts";
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
  authenticateCorrections,
  findForgedCorrections,
  isUncorrected,
  verifyCorrections,
} from "./correction-macs.ts";
export { copyId, copyMac, createMacBatch, verifyBatch, writeWithoutIds } from "./event-mac.ts";
export { createPreferenceMac, verifyPreferences } from "./preference-macs.ts";
export {
  findUnendedSuppressions,
  findCountedSpans,
  unboundedSpan,
  recordSuppressionStatements,
} from "./suppression-macs.ts";
