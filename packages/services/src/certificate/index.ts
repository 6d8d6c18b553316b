export * from "./forget-mailboxes.ts";
export * from "./print-certificate.ts";
export * from "./print-receipt.ts";
export * from "./provable.ts";
export * from "./read-certificate.ts";
export * from "./read-receipt.ts";
export * from "./send-receipt.ts";
