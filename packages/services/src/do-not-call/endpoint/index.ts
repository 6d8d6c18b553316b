export { changeDialer, connectDialer, readDialer } from "./dialer.ts";
export { changeEndpoint, createWebhook, rotateSecret } from "./webhook.ts";
export {
  type DeliveryToSend,
  claimDeliveries,
  extendClaims,
  queueDueDeliveries,
  releaseClaims,
} from "./claim.ts";
export { DeliveryOutcome, settleDeliveries } from "./delivery-outcomes.ts";
export { listDeliveries, replayDeliveries } from "./delivery-log.ts";
export { listEndpoints } from "./list.ts";
export { deliverWebhooksJob } from "../outbox/internal.ts";
export { pullVicidialJob, readVicidial, recordPull, sweepVicidial } from "./vicidial.ts";
export type { DeliveryMessage, DialerChange } from "./message.ts";
