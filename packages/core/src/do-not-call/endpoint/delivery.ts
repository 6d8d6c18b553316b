import { z } from "zod";
import { DeliveryId, EndpointId } from "../../platform/ids.ts";

export const DeliveryStatus = z.enum(["pending", "delivered", "dead"]);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** Asks for a page of the delivery log, newest first. */
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
