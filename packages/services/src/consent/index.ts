export type { AgainSeen } from "./read-agreed-again.ts";
export * from "./read-consent-record.ts";
export * from "./count-sources.ts";
export * from "./list-consents.ts";
export * from "./read-consent.ts";
export * from "./record-consent.ts";
export * from "./withdraw-consent.ts";
export { openConsentReceipt } from "./receipt-link.ts";
export * from "./withdraw-by-receipt.ts";
