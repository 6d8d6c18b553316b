/** Functions that other services may call inside their own transaction. Apps call none of them. */
export { announceChanges, deliverWebhooksJob, queueDeliveries } from "./announce.ts";
