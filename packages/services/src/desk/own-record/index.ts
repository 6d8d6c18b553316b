export * from "./answer-person-code.ts";
export * from "./ask-person-code.ts";
export * from "./open-own-record.ts";
export * from "./read-own-record.ts";
export * from "./revive-person-codes.ts";
export * from "./send-person-code.ts";
export * from "./withdraw-own-consent.ts";
