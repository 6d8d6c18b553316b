export * from "./confirm-by-code.ts";
export * from "./confirm-consents.ts";
export * from "./disown-consents.ts";
export * from "./open-confirmation.ts";
export * from "./revive-confirmations.ts";
export * from "./see-confirmation.ts";
export * from "./send-confirmation.ts";
