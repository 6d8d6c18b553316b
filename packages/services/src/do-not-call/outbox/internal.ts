/** Functions that other services may call inside their own transaction. Apps import `index.ts`. */
export { announceChanges, deliverWebhooksJob, queueDeliveries } from "./announce.ts";
