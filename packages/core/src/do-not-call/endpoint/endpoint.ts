import { z } from "zod";
import { DeliveryId, EndpointId } from "../../platform/ids.ts";
import { Name, storableText } from "../../platform/text/index.ts";

/** Events that external systems can receive. */
export const EndpointEvent = z.enum([
  "opt-out.recorded",
  "opt-out.burst",
  "consent.changed",
  "registry.updated",
  "registry.alert",
  "violation.found",
  "campaign.changed",
  "blocked-list.changed",
]);
export type EndpointEvent = z.infer<typeof EndpointEvent>;

/** An HTTP or HTTPS address without a user name and password, because it is shown. */
export const endpointUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .max(2_000)
  .refine((url) => {
    const { username, password } = new URL(url);
    return username === "" && password === "";
  });
const events = z.array(EndpointEvent).min(1);

/** Reason why another system gets opt-outs and consents. It stays on record. */
export const endpointReason = storableText(2_000).min(1);

/** Creates a webhook. */
export const CreateWebhook = z.strictObject({
  name: Name,
  url: endpointUrl,
  events,
  reason: endpointReason,
});
export type CreateWebhook = z.infer<typeof CreateWebhook>;

/** Changes to an endpoint. Omitted fields do not change. `url` and `events` are for webhooks only. */
export const ChangeEndpoint = z.strictObject({
  endpointId: EndpointId,
  name: Name.optional(),
  url: endpointUrl.optional(),
  events: events.optional(),
  isEnabled: z.boolean().optional(),
});
export type ChangeEndpoint = z.infer<typeof ChangeEndpoint>;

/** `dead`: given up after the last attempt, until somebody replays it. */
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
