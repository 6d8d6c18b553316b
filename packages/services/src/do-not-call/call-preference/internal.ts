/** Functions that other services may call inside their own transaction. There is no verb here: `own-record` has it. */
export * from "./record.ts";
