import { z } from "zod";
import { DeliveryId, EndpointId } from "../../platform/ids.ts";

export const DeliveryStatus = z.enum(["pending", "delivered", "dead"]);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** A page of the log of deliveries, the newest first. */
export const ListDeliveries = z.strictObject({
  endpointId: EndpointId.optional(),
  status: DeliveryStatus.optional(),
  after: DeliveryId.optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListDeliveries = z.infer<typeof ListDeliveries>;

/** What is to be sent once more: one delivery, or all of an endpoint that are dead. */
export const ReplayDeliveries = z.union([
  z.strictObject({ deliveryId: DeliveryId }),
  z.strictObject({ endpointId: EndpointId }),
]);
export type ReplayDeliveries = z.infer<typeof ReplayDeliveries>;

const MINUTE = 60;
const HOUR = 3_600;

/** As Standard Webhooks suggests: soon, for what is restarted, and then ever later, for three days. */
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

/** Whoever says so waits no longer than this. */
const MAX_DELAY = 24 * HOUR;

/**
 * How many seconds after the `attempts`-th attempt, which failed, the next one follows; null: none does.
 * `askedSeconds`: the other side asked not to be tried before (`Retry-After`, RFC 9110).
 */
export function findRetryDelay(attempts: number, askedSeconds: number | null): number | null {
  const delay = delaysSeconds[attempts - 1];
  if (delay === undefined) return null;
  return Math.max(delay, Math.min(askedSeconds ?? 0, MAX_DELAY));
}
