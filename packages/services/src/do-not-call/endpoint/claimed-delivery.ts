import { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import { DeliveryId } from "@ringfence/core/ids";
import { z } from "zod";

/** A delivery that a worker has. */
export const ClaimedDelivery = z.object({
  id: DeliveryId,
  event: EndpointEvent,
  subjectId: z.string(),
  attempts: z.int(),
  createdAt: z.date(),
});
export type ClaimedDelivery = z.infer<typeof ClaimedDelivery>;
