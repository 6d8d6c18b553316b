import { z } from "zod";
import { DeliveryId, EndpointId } from "../../platform/ids.ts";

export const DeliveryStatus = z.enum(["pending", "delivered", "dead"]);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** A page of the delivery log, newest first. */
export const ListDeliveries = z.strictObject({
  endpointId: EndpointId.optional(),
  status: DeliveryStatus.optional(),
  after: DeliveryId.optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListDeliveries = z.infer<typeof ListDeliveries>;

/** Request to send again one delivery, or all dead deliveries of an endpoint. */
export const ReplayDeliveries = z.union([
  z.strictObject({ deliveryId: DeliveryId }),
  z.strictObject({ endpointId: EndpointId }),
]);
export type ReplayDeliveries = z.infer<typeof ReplayDeliveries>;

const MINUTE = 60;
const HOUR = 3_600;

/** Delays between attempts, as suggested by Standard Webhooks: short at first, then longer, over three days. */
const delaysSeconds = [
  5,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  20 * HOUR,
];

/** Maximum delay that the other side can ask for. */
const MAX_DELAY = 24 * HOUR;

/**
 * Returns the seconds to wait after failed attempt number `attempts`; null after the last one.
 * `askedSeconds`: delay that the other side asked for (`Retry-After`, RFC 9110).
 */
export function findRetryDelay(attempts: number, askedSeconds: number | null): number | null {
  const delay = delaysSeconds[attempts - 1];
  if (delay === undefined) return null;
  return Math.max(delay, Math.min(askedSeconds ?? 0, MAX_DELAY));
}
