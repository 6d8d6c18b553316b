/**
 * Functions that other services may call inside their own transaction. The verb that records a preference is in
 * `own-record`.
 */
export * from "./record.ts";
