export * from "./read-consent-record.ts";
export * from "./record-consent.ts";
export * from "./withdraw-consent.ts";
