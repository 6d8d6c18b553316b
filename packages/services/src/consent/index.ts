export * from "./record-consent.ts";
export * from "./withdraw-consent.ts";
